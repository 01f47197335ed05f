// From parse-tree nodes of columns, constraints, indexes, triggers and the like to the model.
// Private to analyzer/sql; knows nothing of the schema they go into.
//
//   ParsedColumn id = column_from(*element.column_def, "users", statement);   // id serial
//   // id.column: of type integer, not null, its default nextval('users_id_seq')
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/schema.h"
#include "analyzer/sql/claims.h"
#include "analyzer/sql/expression_tree.h"
#include "analyzer/sql/pg_tree.h"

namespace schemaudit {

/// One statement's text with its tree's nodes pointing into it.
struct StatementText {
  const SqlText* whole = nullptr;
  /// Where the statement begins in whole->text.
  std::size_t begin = 0;
  std::string_view text;
  /// Where many places are looked up in a large text.
  const LineIndex* lines = nullptr;

  /// Of a node's location (a byte offset in `text`; 0 and less: the statement itself).
  Origin origin(int location) const;
};

/// An element of CREATE TABLE: a column with its own constraints. `types` is for its CHECKs;
/// without it they see the column's own type alone.
ParsedColumn column_from(const PgQuery__ColumnDef& definition, std::string_view table,
                         const StatementText& statement, const ColumnTypes& types = {});

/// A table constraint, or a column constraint of `column`.
std::optional<ParsedConstraint> constraint_from(const PgQuery__Constraint& constraint,
                                                const ColumnTypes& types,
                                                const StatementText& statement,
                                                std::string_view column = {});

Index index_from(const PgQuery__IndexStmt& statement, const ColumnTypes& types,
                 const StatementText& text);

Trigger trigger_from(const PgQuery__CreateTrigStmt& statement, const ColumnTypes& types,
                     const StatementText& text);
Policy policy_from(const PgQuery__CreatePolicyStmt& statement, const StatementText& text);

/// The text of an expression as it is shown to people, made from its tree where the source
/// text is not at hand.
std::string shown_text(const PgQuery__Node& node);

}  // namespace schemaudit
