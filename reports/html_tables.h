// A section for each table that has findings: what each source tells of it, its findings, and its
// neighbours by foreign key where those have findings.
//
//   write_tables(report, html);
//       public.users, 1 high: docs 6 columns, live 7; and "2 tables without findings"
#pragma once

#include "analyzer/model/report.h"
#include "reports/html_writer.h"

namespace schemaudit {

void write_tables(const Report& report, HtmlWriter& html);

}  // namespace schemaudit
