// Constraints and indexes outside of SQL fences: tbls' tables of definitions, and lines such as
// `Indexes: GIN on jd_tsv, unique(url).`
//
//   read_index_words("GIN on jd_tsv")                                      method gin, key jd_tsv
//   read_constraint_line("Unique: email, (team, slug)", origin, claim)     two constraints more
//   add_constraint_definition("CHECK (age > 0)", "adult", origin, claim)   a check named adult
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema_docs/markdown.h"
#include "schema_docs/table_claim.h"

namespace schemaudit {

/// A statement that a cell holds, to be read as SQL.
struct StatementInCell {
  std::string text;
  Origin origin;
};

/// A table with a `Definition` column, whose cells are constraints, CREATE INDEX or CREATE
/// TRIGGER statements; the latter are handed back. Short forms are read as well: `(email)` of an
/// index, `email <> ''` where a column `Type` says CHECK. `unread` gets the lines of the other
/// rows. False where it is no such table; then `claim` is as before.
bool read_definition_table(const Block& table, const std::string& uri, TableClaim& claim,
                           std::vector<StatementInCell>& statements, std::vector<int>& unread);

/// `Indexes: ...`, `Primary key: ...`, `Unique: ...`, `Foreign keys: ...`, one line. False where
/// nothing of it could be read.
bool read_constraint_line(std::string_view line, const Origin& origin, TableClaim& claim);

/// `GIN on jd_tsv`, `unique(url)`, `idx_name (a, b DESC)`; unset where it is something else.
std::optional<Index> read_index_words(std::string_view text);

/// Adds a parsed constraint where it belongs. False where `definition` is none.
bool add_constraint_definition(std::string_view definition, const std::string& name,
                               const Origin& origin, TableClaim& claim);

}  // namespace schemaudit
