// Which rules run, what they say, and what became of those that did not.
//
//   RuleRun ran = run_rules(all_rules(), sql_rules(input.config), input, comparisons);
//
// A rule about one schema runs on each built schema that was given; what it finds on several is
// one finding. A rule that throws is `crashed`; the others go on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/comparison/schema_differences.h"
#include "analyzer/engine/documents_against_built.h"
#include "analyzer/engine/models_against_built.h"
#include "analyzer/model/audit_input.h"
#include "rules/owned_rule.h"

namespace schemaudit {

/// What the sources of an audit were compared with before the rules run.
struct Comparisons {
  std::optional<DocumentComparison> documents;
  /// What is declared against what is live.
  std::optional<SchemaDifferences> drift;
  std::optional<ModelComparison> models;
};

struct RuleRun {
  std::vector<RuleReport> rules;
  /// With severities of the config, without fingerprints and in no order.
  std::vector<Finding> findings;
  std::vector<Question> questions;
  /// Crashes, what a rule could not prove, and rules named by --select or a criterion that could
  /// not run.
  std::vector<std::string> incomplete_because;
};

/// Takes out what rules would tell that the user has left out: other rules leave nothing to them.
void drop_what_nobody_tells(const std::vector<const Rule*>& rules, const Config& config,
                            Comparisons& comparisons);

RuleRun run_rules(const std::vector<const Rule*>& rules, const std::vector<OwnedRule>& owned,
                  const AuditInput& input, const Comparisons& comparisons);

/// Runs the rules that speak of what the others found, and adds what they say. The findings have
/// their states by now.
void run_rules_about_findings(const std::vector<const Rule*>& rules, const AuditInput& input,
                              const std::string& today, RuleRun& ran);

}  // namespace schemaudit
