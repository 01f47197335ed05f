// The findings of the page, each with an anchor of its own (`#f-<fingerprint>`), the sides next
// to each other with what differs marked, who is behind, the lines of the source, and the fix to
// copy. The most severe are told in full, the others on one line each; waived and known ones stand
// in panels of their own, of which the script makes tabs.
//
//   write_findings(report, html);
//       <details class="finding" id="f-5d41402abc4b2a76">...
#pragma once

#include "analyzer/model/report.h"
#include "reports/html_writer.h"

namespace schemaudit {

void write_findings(const Report& report, HtmlWriter& html);

}  // namespace schemaudit
