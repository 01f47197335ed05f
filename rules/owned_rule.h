// A rule that is made while the program runs, as from the config: it owns its texts and its check
// may remember what it was made of.
//
//   OwnedRule rule{.id = "no-empty-summary", .severity = Severity::low, .category = "sql-rules"};
//   rule.check = [query](const RuleContext& context) { return outcome_of(query, context); };
//
// Built-in rules and those of plug-ins are constants: see rule.h.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

struct OwnedRule {
  std::string id;
  Severity severity = Severity::medium;
  std::string category;
  std::vector<Role> needs = {};
  std::string summary = {};
  /// Markdown.
  std::string docs = {};
  std::function<RuleOutcome(const RuleContext&)> check = {};

  /// Views of the texts above, for what takes rules of either kind.
  RuleInfo info() const {
    return {.id = id,
            .severity = severity,
            .category = category,
            .needs = needs,
            .summary = summary,
            .docs = docs};
  }
};

}  // namespace schemaudit
