// What differs between libpqxx 6.4 (Debian 12), 7.10 (Debian 13) and 8, in one place.
//
//   run_statements(conninfo, "create table a (); create table b ()");
//
// Elsewhere only calls that all three have are used.
#pragma once

#include <pqxx/pqxx>
#include <string>

namespace schemaudit {

/// Several statements, outside a transaction block, their notices kept to themselves.
void run_statements(const std::string& conninfo, const std::string& sql);

}  // namespace schemaudit
