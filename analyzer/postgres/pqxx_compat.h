// What differs between libpqxx 6.4 (Debian 12), 7.10 (Debian 13) and 8, in one place.
//
//   pqxx::result rows = exec_with(transaction, "select $1::text", {"a"});
#pragma once

#include <pqxx/pqxx>
#include <string>
#include <vector>

namespace schemaudit {

/// `sql` with text parameters $1, $2, ...
pqxx::result exec_with(pqxx::transaction_base& transaction, const std::string& sql,
                       const std::vector<std::string>& parameters);

/// Several statements, outside a transaction block, their notices kept to themselves.
void run_statements(const std::string& conninfo, const std::string& sql);

/// The message of an SQL error, and its SQLSTATE (empty where there is none).
std::string sqlstate_of(const pqxx::sql_error& error);

}  // namespace schemaudit
