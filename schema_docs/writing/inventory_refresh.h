// Keeps a page that lists tables (`| Name | Columns | Comment | Type |`, as tbls writes it) in
// line: the counts of columns, and rows for tables whose documents are new.
//
//   refresh_inventory_table(block, markdown.lines, built, added, edits);
//       | users | 4 |  | BASE TABLE |   where five columns are built, becomes
//       | users | 5 |  | BASE TABLE |
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/schema.h"
#include "schema_docs/markdown.h"
#include "schema_docs/writing/text_edits.h"

namespace schemaudit {

void refresh_inventory_table(const Block& table, const std::vector<std::string>& lines,
                             const Schema& built, const std::vector<const Relation*>& added,
                             TextEdits& edits);

}  // namespace schemaudit
