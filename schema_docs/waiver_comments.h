// The waivers that HTML comments of a markdown document give.
//
//   <!-- schemaudit: waive undocumented-column internal counters -->
//
// One before a heading covers the section that begins there; any other covers from its own line
// to the next heading.
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/waiver.h"
#include "schema_docs/markdown.h"

namespace schemaudit {

/// Without those in SQL fences, which waivers_in_sql() reads.
std::vector<InlineWaiver> waivers_in_markdown(const MarkdownDocument& document,
                                              const std::string& uri);

}  // namespace schemaudit
