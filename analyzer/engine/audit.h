// Runs the rules over an audit's input and builds the Report.
//
//   AuditInput input = ...;                       // sources by role, config
//   Report report = run_audit(input, {});
//   int exit_code = exit_code_of(report);
//
// Rules whose sources are missing are `not_run` with the reason; a rule that throws is
// `crashed`, the others go on, and the verdict is incomplete at best.
#pragma once

#include <string>
#include <vector>

#include "analyzer/engine/source_lines.h"
#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"

namespace schemaudit {

struct Rule;

struct AuditRun {
  std::string tool_version;
  /// Why the evidence is incomplete although the rules could not know: a source that could not
  /// be opened, `no table in any source`.
  std::vector<std::string> incomplete_because;
  /// Filled in by the caller; copied into the report.
  RunFacts run;
  ConfigFacts config = {};
  /// For excerpts and annotated documents: unset where nobody will show them.
  ReadText read_text = {};
  /// That the documents state of their own schema.
  std::vector<CountReading> counts = {};
};

/// Runs all built-in rules, and those that the config itself makes ([[sql_rule]]).
Report run_audit(const AuditInput& input, const AuditRun& run);
/// The same with these rules in place of all_rules(): with those of plug-ins, or in tests.
Report run_audit(const AuditInput& input, const AuditRun& run,
                 const std::vector<const Rule*>& rules);

/// 0 pass, 1 findings at or above fail_on, 3 incomplete evidence; 1 wins over 3.
int exit_code_of(const Report& report);

}  // namespace schemaudit
