// The parts of the page that tell the whole: the verdict with where it comes from, what was not
// checked, what to do, questions, metrics and criteria. Each writes nothing where there is
// nothing to tell, unless silence could be taken for cleanness.
//
//   write_masthead(report, html);      Fail: 2 findings at or above high: 1 critical, 1 high
//   write_criteria(report, html);      nothing, where report.criteria is empty
//   write_not_checked(report, html);   "Nothing was left out, hidden or unanalysed", or what was
#pragma once

#include "analyzer/model/report.h"
#include "reports/html_writer.h"

namespace schemaudit {

void write_masthead(const Report& report, HtmlWriter& html);
void write_navigation(const Report& report, HtmlWriter& html);
void write_actions(const Report& report, HtmlWriter& html);
void write_questions(const Report& report, HtmlWriter& html);
void write_metrics(const Report& report, HtmlWriter& html);
void write_criteria(const Report& report, HtmlWriter& html);
void write_not_checked(const Report& report, HtmlWriter& html);

}  // namespace schemaudit
