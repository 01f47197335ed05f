// Keeps a page that lists tables (`| Name | Columns | Comment | Type |`, as tbls writes it) in
// line: the counts of columns, and rows for tables whose documents are new.
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
