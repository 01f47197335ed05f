// What the audit stood on: the sources with what was read from each document, and the rules
// with what became of each.
#pragma once

#include "analyzer/model/report.h"
#include "reports/html_writer.h"

namespace schemaudit {

void write_sources(const Report& report, HtmlWriter& html);
void write_rules(const Report& report, HtmlWriter& html);

}  // namespace schemaudit
