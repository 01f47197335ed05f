// What the replay does with each kind of statement that the grammar knows: the table behind
// docs/sql-statements.md.
//
//   for (const StatementCoverage& kind : statement_coverage()) ...
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

struct StatementCoverage {
  /// The node's name in the grammar: `AlterTableStmt`.
  std::string node;
  /// `ALTER TABLE, INDEX, VIEW`
  std::string_view name;
  /// `replayed`, `no effect`, `unanalysed`.
  std::string_view treatment;
  /// What part of it is not followed; may be empty.
  std::string_view note;
};

/// In the order of their names.
std::vector<StatementCoverage> statement_coverage();

/// Every kind of statement of the grammar this program was built with, by node name.
std::vector<std::string> grammar_statements();

/// The same for the actions of ALTER TABLE, in the order of their names: the node is the
/// enumerator's name (`AT_AddColumn`). Those that no statement says have no name.
std::vector<StatementCoverage> alter_table_coverage();

/// Every enumerator of AlterTableType in the grammar this program was built with.
std::vector<std::string> grammar_alter_table_actions();

/// The nodes of the statements of a text and of their ALTER TABLE actions; empty where it cannot
/// be parsed.
std::vector<std::string> statement_nodes(const std::string& sql);

/// The page for users, in markdown.
std::string statement_coverage_page();

}  // namespace schemaudit
