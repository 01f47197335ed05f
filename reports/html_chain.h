// The migrations that were read, in the order in which they run, with the ways back.
//
//   write_chain(report, html);
//       2 steps in db/migrations, read as golang-migrate; head 0002.
#pragma once

#include "analyzer/model/report.h"
#include "reports/html_writer.h"

namespace schemaudit {

/// Nothing where no migrations were read.
void write_chain(const Report& report, HtmlWriter& html);

}  // namespace schemaudit
