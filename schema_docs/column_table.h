// Tables whose rows are columns: `| Column | Type | Null | Default | Description |`, with the
// columns in any order and under the names people give them.
//
//   std::optional<ColumnTableShape> shape = column_table_shape(block);
//   TableClaim claim = read_column_table(block, *shape, name, uri, problems);
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/source.h"
#include "schema_docs/markdown.h"
#include "schema_docs/table_claim.h"

namespace schemaudit {

enum class CellRole {
  name,
  type,
  nullable,
  not_null,
  required,
  default_value,
  key,
  primary_key,
  foreign_key,
  unique,
  constraints,
  description,
  children,
  parents,
  size,
  other,
};

struct ColumnTableShape {
  std::vector<CellRole> roles;
  /// The header says `Column` or has what only a database's columns have; a table of that shape
  /// without a name to it is reported.
  bool decisive = false;
  /// Some cells hold types that only a database has.
  bool database_types = false;
  /// The header that tbls writes.
  bool tbls = false;
};

/// Unset where the rows are no columns of one table: a configuration, an API, a comparison, a
/// data dictionary.
std::optional<ColumnTableShape> column_table_shape(const Block& table);

/// Rows with more cells than the header become problems; of them only the name is taken.
TableClaim read_column_table(const Block& table, const ColumnTableShape& shape,
                             const QualifiedName& name, const std::string& uri,
                             std::vector<Problem>& problems);

}  // namespace schemaudit
