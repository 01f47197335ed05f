// The gate: what makes the evidence incomplete, which criteria are met, and the verdict.
//
//   report.incomplete_because = reasons_for_doubt(input);
//   report.criteria = judge_criteria(input, report);
//   report.verdict = judge(report, gate);
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"

namespace schemaudit {

/// What the sources themselves leave in doubt: parts that could not be read, facts that nobody
/// could see, no table anywhere.
std::vector<std::string> reasons_for_doubt(const AuditInput& input);

/// The criteria of the config, decided by rules and metrics of `report` and by the evidence of
/// verify and rehearse that counts.
std::vector<CriterionReport> judge_criteria(const AuditInput& input, const Report& report);

/// The metrics of [gate], as criteria that gate.
std::vector<CriterionReport> judge_thresholds(const Config& config, const Report& report);

/// Fail wins over incomplete. `thresholds` as judge_thresholds() gave them.
Verdict judge(const Report& report, const std::vector<CriterionReport>& thresholds);

}  // namespace schemaudit
