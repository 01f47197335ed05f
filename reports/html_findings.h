// The findings of the page, each with an anchor of its own (`#f-<fingerprint>`), the sides next
// to each other, who is behind, and the fix to copy.
#pragma once

#include "analyzer/model/report.h"
#include "reports/html_writer.h"

namespace schemaudit {

void write_findings(const Report& report, HtmlWriter& html);
/// Findings that are waived or in the baseline; nothing where there are none.
void write_accepted_findings(const Report& report, HtmlWriter& html);

}  // namespace schemaudit
