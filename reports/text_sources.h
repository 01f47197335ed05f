// "What was read" of the text report: per source, per document and per table, so that a reader
// sees at once which of his documents this program understood.
#pragma once

#include "analyzer/model/report.h"
#include "reports/text_writer.h"

namespace schemaudit {

/// Every table on a line of its own where there are few; one line per document where there are
/// many.
void write_sources(const Report& report, TextWriter& writer);

}  // namespace schemaudit
