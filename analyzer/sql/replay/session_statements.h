// SET, RESET and transactions: what changes the session and not the catalog. Private to
// analyzer/sql.
//
//   SET search_path TO app, public;    Session::search_path is {"app", "public"}
//   BEGIN;                             a Session::Block, which keeps what ROLLBACK goes back to
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void set_variable(Run& run, const PgQuery__VariableSetStmt& set);
/// What is still carried out in a transaction in which a statement failed.
bool ends_failure(const PgQuery__Node& node);
void transaction(Run& run, const PgQuery__TransactionStmt& statement);
void discard(Run& run, const PgQuery__DiscardStmt& statement);

/// `SELECT set_config('search_path', '', false)`, as pg_dump writes it: true where the query was
/// nothing but that.
bool set_by_query(Run& run, const PgQuery__SelectStmt& query);

/// A transaction that the tool begins which runs the text.
void begin_step(Session& session, const std::vector<Change>& changes);
/// Commits the open transaction, or undoes it and takes its changes away.
void end_step(Session& session, bool commits, std::vector<Change>& changes,
              std::vector<Problem>& problems);

}  // namespace schemaudit::replay
