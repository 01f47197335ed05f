#include "analyzer/postgres/pqxx_compat.h"

namespace schemaudit {

void run_statements(const std::string& conninfo, const std::string& sql) {
  pqxx::connection connection(conninfo);
  pqxx::nontransaction work(connection);
  work.exec(sql);
}

void never_reconnect([[maybe_unused]] pqxx::connection& connection) {
#if PQXX_VERSION_MAJOR < 7
  // Deprecated together with what it prevents.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  connection.inhibit_reactivation(true);
#pragma GCC diagnostic pop
#endif
}

void prepare_now(pqxx::connection& connection, const std::string& sql) {
  connection.prepare("", sql);
#if PQXX_VERSION_MAJOR < 7
  connection.prepare_now("");
#endif
}

std::string sqlstate_of(const pqxx::sql_error& error) {
  return std::string(error.sqlstate());
}

}  // namespace schemaudit
