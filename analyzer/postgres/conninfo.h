// Connection strings, between the readers of them; understand_url() and describe_conninfo() of
// introspect.h are for everybody.
//
//   PQconnectdb(with_defaults(conninfo, 10).c_str())
#pragma once

#include <string>

struct pg_conn;

namespace schemaudit {

/// Quoted, as it stands behind `keyword=`: `'it\'s'`.
std::string conninfo_value(const std::string& value);

/// The password that libpq would take from it or from PGPASSWORD; to be kept out of messages.
std::string password_of(const std::string& conninfo);

/// With a time limit for connecting, the program's name, and UTF-8.
std::string with_defaults(const std::string& conninfo, int timeout_seconds);

/// The same server and role, another database.
std::string with_database(const std::string& conninfo, const std::string& database);

/// Text such as a server's words, without the password and whatever else is a secret.
/// A password that libpq takes from a file is asked of `connection`, or, where there is none, of
/// one that is begun for it and let go.
std::string without_password(std::string text, const std::string& conninfo,
                             const pg_conn* connection = nullptr);

}  // namespace schemaudit
