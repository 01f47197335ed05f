// Statements that run code: what that may do to the schema is told as far as its text shows it.
// Private to analyzer/sql.
//
//   DO $$ BEGIN EXECUTE made_up; END $$;
//   given up with   DO block runs SQL it makes at run time: may touch anything
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// DO: followed where its statements stand in it plainly; else given up with what it may touch,
/// unless it changes no schema at all.
void do_statement(Run& run, const PgQuery__DoStmt& block);

void call_statement(Run& run, const PgQuery__CallStmt& call);

/// Gives up where a query or a change of rows calls a function that may change a schema, or a
/// query one of which nothing is known.
void require_harmless_calls(Run& run, const PgQuery__Node& statement);

}  // namespace schemaudit::replay
