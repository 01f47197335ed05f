// Takes secrets out of text that people will see: every excerpt, message and name goes through
// it before it reaches a report or a terminal.
//
//   redact("PGPASSWORD=hunter2 psql")              PGPASSWORD=*** psql
//   redact("postgresql://app:s3cret@db/x")         postgresql://app:***@db/x
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

struct Secret {
  /// Byte offset and length of the secret itself within the text.
  std::size_t offset = 0;
  std::size_t length = 0;
  /// `password in a connection URL`, `PGPASSWORD`, `password of a conninfo`.
  std::string what;
};

/// Secret::what of those that a word announces: `Password: XX3x9`.
inline constexpr std::string_view kBehindItsLabel = "password behind its label";

/// Passwords in clear text: URLs with user and password, PGPASSWORD= and POSTGRES_PASSWORD=
/// assignments, conninfo `password=`, `Password: XX3x9`. Placeholders (`...`, `<password>`,
/// `$PASSWORD`, `${...}`, `xxx`, `***`) are not secrets.
std::vector<Secret> find_secrets(std::string_view text);

/// Also without what is likely one: in JSON any word behind `"password":`.
std::string redact(std::string_view text);

}  // namespace schemaudit
