// Reads what can be read of statements that the grammar refuses. Private to analyzer/sql.
//
//   recover_table(statement)                            of CREATE TABLE t (id int, order int):
//                                                       t with both columns, and complete
//   with_numbered_parameters("SELECT :id, '?'")         SELECT $1, '?'
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/schema.h"
#include "analyzer/sql/table_elements.h"

namespace schemaudit {

/// The table of a CREATE TABLE of which some elements cannot be parsed (a reserved word as a
/// column's name): those elements are tried with their name quoted, then left out. `complete` is
/// false where one had to be left out. Unset where the text is no CREATE TABLE at all.
struct RecoveredTable {
  Relation relation;
  bool complete = true;
};
std::optional<RecoveredTable> recover_table(const StatementText& statement);

/// `text` with the parameters of client libraries (`?`, `:name`, `%s`, `%(name)s`) written as
/// `$1`, `$2`; unset where there are none. Lines stay where they are.
std::optional<std::string> with_numbered_parameters(std::string_view text);

/// Syntax that a later PostgreSQL brought than the grammar knows, named for people
/// (`WITHOUT OVERLAPS keys (PostgreSQL 18)`); empty where nothing of the kind is in the text.
std::string newer_syntax(std::string_view text);

/// The query within `EXPLAIN (ANALYZE) SELECT ...`: its offset in `text`.
std::optional<std::size_t> explained_query(std::string_view text);

/// Value lists in comments behind column definitions: `plan text, -- 'free', 'plus'`.
void read_value_comments(const StatementText& statement, Relation& relation);

}  // namespace schemaudit
