// The findings of a report as people read them: by severity, then by rule.
//
//   for (const SeverityGroup& severity : group_findings(report, FindingState::new_))
//     for (const RuleGroup& rule : severity.rules) ...
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/report.h"

namespace schemaudit {

struct RuleGroup {
  std::string rule;
  /// The rule's entry in the report, or nullptr.
  const RuleReport* about = nullptr;
  /// In the report's order.
  std::vector<const Finding*> findings;
};

struct SeverityGroup {
  Severity severity = Severity::medium;
  std::size_t count = 0;
  /// In the order in which their first findings stand in the report.
  std::vector<RuleGroup> rules;
};

/// Those in `state`, most severe first. Points into `report`, which has to outlive the result.
std::vector<SeverityGroup> group_findings(const Report& report, FindingState state);

const RuleReport* find_rule_report(const Report& report, std::string_view id);

}  // namespace schemaudit
