// What differs between libpqxx 6.4 (Debian 12), 7.10 (Debian 13) and 8, in one place.
//
//   run_statements(conninfo, "create table a (); create table b ()");
//
// Elsewhere only calls that all three have are used: exec(), pipeline, prepare(), c_str().
#pragma once

#include <pqxx/pqxx>
#include <string>

namespace schemaudit {

/// Several statements, outside a transaction block, their notices kept to themselves.
void run_statements(const std::string& conninfo, const std::string& sql);

/// A connection that is lost stays lost: version 6 would open another one, outside of the snapshot.
void never_reconnect(pqxx::connection& connection);

/// Lets the server make a plan of one statement, which version 6 would leave until it is run.
/// Without a name: the next statement takes its place, and whoever gets the server's session from
/// a pooler finds nothing of it.
void prepare_now(pqxx::connection& connection, const std::string& sql);

/// Empty where there is none.
std::string sqlstate_of(const pqxx::sql_error& error);

}  // namespace schemaudit
