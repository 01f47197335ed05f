// Finds the installed PostgreSQL server: initdb and postgres, which stand in no user's PATH on
// Debian.
//
//   std::optional<ServerPrograms> programs = find_server_programs();
//   // programs->postgres == "/usr/lib/postgresql/15/bin/postgres"
#pragma once

#include <optional>
#include <string>

namespace schemaudit {

struct ServerPrograms {
  std::string initdb;
  std::string postgres;
};

/// In PATH, where pg_config says, or the newest under /usr/lib/postgresql; unset where none is.
std::optional<ServerPrograms> find_server_programs();

}  // namespace schemaudit
