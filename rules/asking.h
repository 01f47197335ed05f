// Heuristics ask: all that one rule suspects becomes one question, or findings where the user
// asked for them (strict profile, --select, a severity in the config).
//
//   return ask_or_find(context, std::move(suspicions), "12 columns ...: should they?", toml);
#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

/// The object as a question's example names it, and the finding it becomes.
struct Suspicion {
  std::string example;
  Finding finding;
};

/// Adds to `outcome`. The question counts all suspicions and names the first three.
void ask_or_find(const RuleContext& context, const RuleInfo& rule,
                 std::vector<Suspicion> suspicions, const std::string& text,
                 const std::string& config, RuleOutcome& outcome);

}  // namespace schemaudit
