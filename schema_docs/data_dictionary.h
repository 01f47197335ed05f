// Tables that list the columns of several tables: `| Table | Column | Type | Nullable |`.
//
//   for (const DictionaryPart& part : parts_of_dictionary(block))
//     read_column_table(part.rows, *column_table_shape(part.rows), part.table, uri, problems);
#pragma once

#include <vector>

#include "analyzer/model/names.h"
#include "schema_docs/markdown.h"

namespace schemaudit {

struct DictionaryPart {
  QualifiedName table;
  /// A table of its own with the header and this table's rows, without the cells that name it.
  Block rows;
};

/// In the order of their first rows; empty where the block is none. An empty cell means the table
/// of the row above.
std::vector<DictionaryPart> parts_of_dictionary(const Block& block);

/// Whether the header's cell says that a table is named below it.
bool is_table_header(const Inlines& cell);

}  // namespace schemaudit
