// What psql prints: `\d users` and `\dt`.
//
//   std::vector<TableClaim> tables = read_psql_output(fence, "docs/users.md", 12, 1);
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema_docs/table_claim.h"

namespace schemaudit {

/// The tables that psql's output describes; empty where `text` is no such output. `first_line`
/// and `first_column` are the place of the text in its file.
std::vector<TableClaim> read_psql_output(std::string_view text, const std::string& uri,
                                         int first_line, int first_column);

}  // namespace schemaudit
