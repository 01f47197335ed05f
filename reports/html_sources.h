// What the audit stood on: the sources with what was read from each document, and the rules
// with what became of each.
//
//   write_sources(report, html);   docs docs/schema: 3 tables, 14 columns, and each document
//   write_rules(report, html);     undocumented-column, medium, failed, 19 looked at, 1 finding
#pragma once

#include "analyzer/model/report.h"
#include "reports/html_writer.h"

namespace schemaudit {

void write_sources(const Report& report, HtmlWriter& html);
void write_rules(const Report& report, HtmlWriter& html);

}  // namespace schemaudit
