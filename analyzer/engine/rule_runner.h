// Which rules run, what they say, and what became of those that did not.
//
//   RuleRun ran = run_rules(all_rules(), input, comparison ? &*comparison : nullptr);
//
// A rule that throws is `crashed`; the others go on.
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/audit_input.h"
#include "rules/rule.h"

namespace schemaudit {

struct RuleRun {
  std::vector<RuleReport> rules;
  /// With severities of the config, without fingerprints and in no order.
  std::vector<Finding> findings;
  std::vector<Question> questions;
  /// Crashes, and rules named by --select or a criterion that could not run.
  std::vector<std::string> incomplete_because;
};

RuleRun run_rules(const std::vector<const Rule*>& rules, const AuditInput& input,
                  const Comparison* docs_live);

}  // namespace schemaudit
