// Resolves the names in a query, as parse analysis does: which relations and columns it reads,
// and which columns it gives. Private to analyzer/sql.
//
//   std::vector<Need> needs;
//   QueryColumns columns = analyse_query(run, *view.query->select_stmt, {}, needs);
//   if (!columns.known) ...   a function's columns, `SELECT *` of something unknown
//
// Refuses a relation, column or function that does not exist where that is certain; names of
// relations in the tree are qualified. What cannot be told is left unknown, never guessed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

struct QueryColumn {
  std::string name;
  /// Unset where it cannot be inferred.
  std::optional<TypeRef> type;
  /// Of a column that is taken as it is.
  std::optional<QualifiedName> collation = std::nullopt;
};

struct QueryColumns {
  /// False where not even their number can be told; `columns` is empty then.
  bool known = true;
  std::vector<QueryColumn> columns;
  /// False where the server's own text of the query holds what could not be written into the
  /// tree: the columns of a `*`, or those of a function in FROM.
  bool decided = true;
};

/// A row whose columns a query may name from outside of it: the table of a policy, the arguments
/// of a function, NEW and OLD (whose columns take the alias in front).
struct OuterRow {
  std::string alias;
  ObjectId relation = kNoObject;
  /// Where it is no relation (a subquery, a CTE).
  QueryColumns columns;
};

/// `shown`: its columns' names are seen, as those of a view are and those of EXISTS (...) are not.
QueryColumns analyse_query(Run& run, PgQuery__SelectStmt& query, const std::vector<OuterRow>& outer,
                           std::vector<Need>& needs, bool shown = true);

/// Gives the columns of a query, and of all that UNION and its like put together, these names.
void name_columns(Run& run, PgQuery__SelectStmt& query, const std::vector<std::string>& names,
                  bool shown = true);

/// The same for SELECT, INSERT, UPDATE, DELETE and MERGE; any other statement is left alone.
void analyse_statement(Run& run, PgQuery__Node& statement, const std::vector<OuterRow>& outer,
                       std::vector<Need>& needs);

}  // namespace schemaudit::replay
