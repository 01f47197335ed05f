// Where the parts of a CREATE TABLE stand in the text that people wrote, comments and all.
//
//   std::vector<TableStatement> tables = table_statements(fence);
//   tables[0].elements[2]           "status text NOT NULL DEFAULT 'open'", without its comma
//   column_clauses("status text NOT NULL").clauses[0].kind == ClauseKind::not_null
//
// Offsets are bytes. Nothing is parsed that the grammar would not take; what it says is for
// analyzer/sql to tell.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/names.h"

namespace schemaudit {

struct TextSpan {
  std::size_t begin = 0, end = 0;

  bool empty() const { return begin == end; }
  std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
};

struct TableElement : TextSpan {
  /// The column that it defines; empty for constraints and LIKE.
  std::string column;
  /// Behind it; npos for the last one.
  std::size_t comma = std::string_view::npos;
};

struct TableStatement : TextSpan {
  QualifiedName name;
  /// The parentheses around the elements.
  std::size_t open = 0, close = 0;
  std::vector<TableElement> elements;

  const TableElement* find_column(std::string_view column) const;
};

/// The CREATE TABLE statements of a text whose elements stand in parentheses.
std::vector<TableStatement> table_statements(std::string_view text);

enum class ClauseKind {
  not_null,
  null,
  default_value,
  generated,
  primary_key,
  unique,
  references,
  check,
  collate,
  other
};

struct ColumnClause : TextSpan {
  ClauseKind kind = ClauseKind::other;
  /// Its name, of `CONSTRAINT name CHECK (...)`.
  TextSpan name;
};

struct ColumnClauses {
  TextSpan name, type;
  std::vector<ColumnClause> clauses;

  const ColumnClause* find(ClauseKind kind) const;
};

ColumnClauses column_clauses(std::string_view element);

/// `"Users"` -> Users, `Users` -> users.
std::string unquoted_name(std::string_view written);

}  // namespace schemaudit
