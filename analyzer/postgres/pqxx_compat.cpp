#include "analyzer/postgres/pqxx_compat.h"

namespace schemaudit {

void run_statements(const std::string& conninfo, const std::string& sql) {
  pqxx::connection connection(conninfo);
  pqxx::nontransaction work(connection);
  work.exec(sql);
}

void never_reconnect([[maybe_unused]] pqxx::connection& connection) {
#if PQXX_VERSION_MAJOR < 7
  connection.inhibit_reactivation(true);
#endif
}

void prepare_now(pqxx::connection& connection, const std::string& name, const std::string& sql) {
  connection.prepare(name, sql);
#if PQXX_VERSION_MAJOR < 7
  connection.prepare_now(name);
#endif
}

std::string sqlstate_of(const pqxx::sql_error& error) {
  return std::string(error.sqlstate());
}

}  // namespace schemaudit
