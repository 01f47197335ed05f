#include "analyzer/postgres/pqxx_compat.h"

namespace schemaudit {

pqxx::result exec_with(pqxx::transaction_base& transaction, const std::string& sql,
                       const std::vector<std::string>& parameters) {
#if PQXX_VERSION_MAJOR >= 8 || (PQXX_VERSION_MAJOR == 7 && PQXX_VERSION_MINOR >= 10)
  pqxx::params packed;
  for (const std::string& parameter : parameters) packed.append(parameter);
  return transaction.exec(sql, packed);
#elif PQXX_VERSION_MAJOR == 7
  pqxx::params packed;
  for (const std::string& parameter : parameters) packed.append(parameter);
  return transaction.exec_params(sql, packed);
#else
  return transaction.exec_params(sql,
                                 pqxx::prepare::make_dynamic_params(parameters));
#endif
}

void run_statements(const std::string& conninfo, const std::string& sql) {
  pqxx::connection connection(conninfo);
  pqxx::nontransaction work(connection);
  work.exec(sql);
}

std::string sqlstate_of(const pqxx::sql_error& error) { return std::string(error.sqlstate()); }

}  // namespace schemaudit
