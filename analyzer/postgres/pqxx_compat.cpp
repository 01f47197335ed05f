#include "analyzer/postgres/pqxx_compat.h"

namespace schemaudit {

void run_statements(const std::string& conninfo, const std::string& sql) {
  pqxx::connection connection(conninfo);
  pqxx::nontransaction work(connection);
  work.exec(sql);
}

std::string sqlstate_of(const pqxx::sql_error& error) {
  return std::string(error.sqlstate());
}

}  // namespace schemaudit
