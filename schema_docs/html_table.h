// The cells of a table that a document has as HTML. Nothing is claimed by one: they are looked at
// to tell that columns stand there which were not read.
//
//   rows_of_html_table("<table><tr><th>Column</th><th>Type</th></tr>...")
#pragma once

#include <string_view>
#include <vector>

#include "schema_docs/markdown.h"

namespace schemaudit {

/// Empty where `html` holds no table. Rows have no lines; their cells are text without tags.
std::vector<TableRow> rows_of_html_table(std::string_view html);

}  // namespace schemaudit
