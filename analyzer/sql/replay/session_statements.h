// SET, RESET and transactions: what changes the session and not the catalog. Private to
// analyzer/sql.
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

/// Undoes an open transaction, and takes its changes away.
void end_session(Session& session, std::vector<Change>& changes);

}  // namespace schemaudit::replay
