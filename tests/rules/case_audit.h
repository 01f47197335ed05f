// Runs the audit that a literate case describes: documents through the reader of documents, SQL
// through a real PostgreSQL.
#pragma once

#include <string>

#include "analyzer/model/report.h"
#include "tests/rules/case_file.h"

namespace schemaudit {

struct CaseAudit {
  Report report;
  /// Why there is no report; empty where there is one.
  std::string fault;
};

CaseAudit audit_case(const LiterateCase& literate);

/// `severity rule object place message` for each finding (after `waived` where it is), `question
/// rule count`, and `incomplete reason`; a newline after each.
std::string told_by(const Report& report);

}  // namespace schemaudit
