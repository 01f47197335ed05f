// Tables whose rows are indexes, foreign keys or constraints, in columns rather than in SQL:
// `| Index | Columns | Type | Unique |`, `| Column | References | On delete |`,
// `| Constraint | Type | Columns |`. Tables with a column `Definition` that holds SQL are read by
// constraint_lists.h.
//
//   if (std::optional<ConstraintTableShape> shape = constraint_table_shape(block, topic))
//     std::vector<int> unread = read_constraint_table(block, *shape, uri, claim);
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "schema_docs/markdown.h"
#include "schema_docs/sections.h"
#include "schema_docs/table_claim.h"

namespace schemaudit {

enum class ConstraintRows { indexes, foreign_keys, constraints };

/// Where the cells stand, from 0; unset where the table has no such column.
struct ConstraintTableShape {
  ConstraintRows rows = ConstraintRows::indexes;
  std::optional<std::size_t> name, columns, kind, unique, predicate;
  /// `Columns`, not `Expression`.
  bool columns_are_names = true;
  /// Of foreign keys; the column stands with the target where it has no cell of its own.
  std::optional<std::size_t> target, target_column, on_delete, on_update, action;
};

/// Unset where the rows are something else. `topic` is that of the heading: under `Indexes` a
/// column `Name` names indexes.
std::optional<ConstraintTableShape> constraint_table_shape(const Block& table, Topic topic);

/// Adds what the rows state; returns the lines of those that could not be read.
std::vector<int> read_constraint_table(const Block& table, const ConstraintTableShape& shape,
                                       const std::string& uri, TableClaim& claim);

}  // namespace schemaudit
