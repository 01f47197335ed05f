// "What was read" of the text report: per source, per document and per table, so that a reader
// sees at once which of his documents this program understood.
//
//   docs: docs/schema  3 tables, 14 columns, 4 constraints, 1 index
//     docs/schema/users.md  2 tables, 1 query
//       users     :5    column table, 6 columns, 2 constraints, 1 index
#pragma once

#include "analyzer/model/report.h"
#include "reports/text_writer.h"

namespace schemaudit {

/// Every table on a line of its own where there are few; one line per document where there are
/// many.
void write_sources(const Report& report, TextWriter& writer);

}  // namespace schemaudit
