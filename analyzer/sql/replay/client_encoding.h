// Files that say `SET client_encoding`: the server takes their bytes for that encoding, whatever
// they are. Private to analyzer/sql.
//
//   SET client_encoding = latin1;
//   COMMENT ON TABLE t IS 'Résumé';    written in UTF-8, stored as 'RÃ©sumÃ©'
#pragma once

#include <string>
#include <string_view>

#include "analyzer/sql/pg_tree.h"

namespace schemaudit::replay {

enum class ClientEncoding { utf8, latin1, other };

/// By any of the names that PostgreSQL knows it by (manual, chapter 24.3).
ClientEncoding client_encoding(std::string_view name);

/// All strings of the statement as the server stores them.
void decode_latin1(PgQuery__Node& statement, TreeArena& arena);

bool has_non_ascii(std::string_view text);

}  // namespace schemaudit::replay
