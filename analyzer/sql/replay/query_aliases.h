// Aliases as the server's text of a query has them. Private to analyzer/sql.
//
//   SELECT id FROM users WHERE id IN (SELECT boss FROM users)
//   SELECT id FROM users WHERE id IN (SELECT boss FROM users users_1)   with the server's aliases
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// A relation that has the name of one in a query around it gets an alias of its own: `users_1`
/// (set_rtable_names() in src/backend/utils/adt/ruleutils.c).
void set_server_aliases(Run& run, PgQuery__SelectStmt& query);

}  // namespace schemaudit::replay
