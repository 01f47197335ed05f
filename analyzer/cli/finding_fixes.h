// Gives findings that documents are behind the edit that would settle them: the same that
// `schemaudit doc` would make, as a patch.
//
//   Report report = run_audit(input, run, rules);
//   add_markdown_fixes(report, input, folder);
#pragma once

#include <filesystem>

#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"

namespace schemaudit {

/// A finding for which no edit is certain, or that has a fix already, is left as it is.
void add_markdown_fixes(Report& report, const AuditInput& input, const std::filesystem::path& base);

}  // namespace schemaudit
