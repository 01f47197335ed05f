// What the cells of a table of indexes, foreign keys or constraints say, in the many ways that
// people write them.
//
//   column_names_in("team_id + users.email", "users")    {"team_id", "email"}
//   index_keys_in("lower(email), id DESC", "users")      two keys
//   reference_in({.target = "teams.id (ON DELETE CASCADE)"})
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/schema.h"
#include "schema_docs/markdown.h"

namespace schemaudit {

/// The text of a cell, a line break in it as a comma; empty for a placeholder.
std::string said_in(const TableRow& row, std::optional<std::size_t> at);

/// A name of an index or a constraint; empty where the text is more than a name. One in capitals
/// alone is meant in small letters, as SQL reads it.
std::string object_name_in(const std::string& text);

/// `UNIQUE, btree`, `Primary key`.
struct ConstraintWords {
  bool primary = false, check = false;
  std::optional<bool> unique;
  /// Of an index; empty where none is said.
  std::string method;
};
ConstraintWords constraint_words_in(const std::string& text);

/// `a, b`, `(a, b)`, `a + b`, `table.a`: unset where something else stands there.
std::optional<std::vector<std::string>> column_names_in(const std::string& text,
                                                        const std::string& table);

/// `GIN`, `b-tree` -> gin, btree; empty where the word is no access method.
std::string index_method_of(std::string_view word);

/// `a`, `b DESC`: unset where one of them is no column.
std::optional<std::vector<IndexKey>> read_index_keys(std::string_view list);

/// Keys, and what of an index stands behind them: `(a) INCLUDE (b) WHERE c`.
std::optional<Index> index_keys_in(const std::string& text, const std::string& table);

/// The cells of a foreign key beside its own columns; empty where there is none.
struct ReferenceCells {
  /// `teams(id)`, `teams.id ON DELETE CASCADE`, `teams`
  std::string target;
  std::string target_column;
  /// `CASCADE`, `ON DELETE CASCADE`
  std::string on_delete, on_update;
  /// `ON DELETE CASCADE ON UPDATE ...`
  std::string action;
};

/// Without its own columns.
std::optional<ForeignKey> reference_in(const ReferenceCells& cells);

}  // namespace schemaudit
