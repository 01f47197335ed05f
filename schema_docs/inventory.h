// Lists of tables that state no more than that they are there, as the index page of tbls does:
// `| Name | Columns | Comment | Type |`.
//
//   read_inventory(block, "README.md", false, read)   true; of `| users | 4 |  | BASE TABLE |`:
//   read.claims.back()          there is a table users
//   read.column_counts.back()   it has 4 columns
#pragma once

#include <string>

#include "schema_docs/document_reader.h"
#include "schema_docs/markdown.h"

namespace schemaudit {

/// False where `table` is no such list. `referenced`: it only names tables that something else
/// refers to; then its counts are read and nothing is claimed.
bool read_inventory(const Block& table, const std::string& uri, bool referenced,
                    ReadDocument& read);

}  // namespace schemaudit
