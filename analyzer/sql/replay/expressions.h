// Expressions as the catalog keeps them: their trees, with every name resolved when they are
// stored. Private to analyzer/sql.
//
//   std::vector<Need> needs;
//   StoredExpression check =
//       store_expression(run, *constraint.raw_expr, "price > 0", {table}, needs);
//   // needs: column price of the table, and functions and types in it
#pragma once

#include <string>
#include <vector>

#include "analyzer/sql/expression_tree.h"
#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// Whose columns an expression may name.
struct ExpressionScope {
  ObjectId table = kNoObject;
  /// Names other than the table's own under which its row may be spoken of: NEW, OLD, EXCLUDED.
  bool trigger_rows = false;
  /// VALUE of a domain's check.
  bool domain_value = false;
};

/// Resolves names (refusing what does not exist), qualifies those that are the catalog's in the
/// tree, and packs it. What it needs is appended to `needs`, all `normal`.
StoredExpression store_expression(Run& run, PgQuery__Node& node, std::string text,
                                  const ExpressionScope& scope, std::vector<Need>& needs);

/// The same for a whole query (a view's), whose columns are found by queries.h.
StoredExpression store_query(Run& run, PgQuery__Node& query, std::string text,
                             std::vector<Need>& needs);

/// Resolves functions, types, sequences and collations below `message`, columns left alone.
void resolve_names(Run& run, ProtobufCMessage& message, std::vector<Need>& needs);

/// Each need stays once, where it was told first.
void drop_repeated(std::vector<Need>& needs);

/// Turns needs of the table's own columns into ones of this kind.
void set_own_column_needs(std::vector<Need>& needs, ObjectId table, NeedKind kind);

/// The tree, unpacked into `arena`; nullptr only for bytes that pack_tree() did not make.
PgQuery__Node* unpack_tree(const std::string& packed, TreeArena& arena);
std::shared_ptr<const std::string> pack_tree(const PgQuery__Node& node);

/// Renames carried out in a tree. Each returns whether it found something to change; where it
/// cannot be told whose column is meant the expression becomes undecided.
bool rename_column_in(StoredExpression& expression, const QualifiedName& table,
                      const std::string& from, const std::string& to);
bool rename_object_in(StoredExpression& expression, const QualifiedName& from,
                      const QualifiedName& to, bool of_relation);

/// As a value for reports: rendered with the types of the columns it reads.
Expression shown_expression(const StoredExpression& expression, const ColumnTypes& types,
                            std::string_view assigned_to = {});

/// Names of the columns it reads, sorted.
std::vector<std::string> columns_in(const StoredExpression& expression);

}  // namespace schemaudit::replay
