#include "analyzer/postgres/pqxx_compat.h"

namespace schemaudit {

void run_statements(const std::string& conninfo, const std::string& sql) {
  pqxx::connection connection(conninfo);
  pqxx::nontransaction work(connection);
  work.exec(sql);
}

}  // namespace schemaudit
