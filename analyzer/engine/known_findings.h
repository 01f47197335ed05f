// Findings that are nothing new: those of the baseline, and those that were there before a change.
//
//   mark_known(report.findings, input);
#pragma once

#include <vector>

#include "analyzer/model/audit_input.h"

namespace schemaudit {

/// Findings need their fingerprints; what is waived stays so.
void mark_known(std::vector<Finding>& findings, const AuditInput& input);

}  // namespace schemaudit
