// The tables in which SQL rules see an audit's schemas: their columns, and what these hold.
//
//   for (const SqlTable& table : sql_tables()) ...     // create table, documentation
//
// docs/sql-rules.md shows sql_tables_in_markdown(); a test compares them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

struct SqlColumn {
  std::string_view name;
  /// `text`, `integer`, or `boolean` (0 or 1).
  std::string_view type;
  std::string_view what;
};

struct SqlTable {
  std::string_view name;
  std::string_view what;
  std::vector<SqlColumn> columns;
};

/// Each has the column `role`, and a view for each role: `live_columns` of `columns`.
const std::vector<SqlTable>& sql_tables();

/// Views over `relations` with its columns: `tables` and `views`, and one for each role of them.
struct SqlSubset {
  std::string_view name;
  std::string_view condition;
  std::string_view what;
};
const std::vector<SqlSubset>& sql_subsets();

/// A heading and a table for each.
std::string sql_tables_in_markdown();

}  // namespace schemaudit
