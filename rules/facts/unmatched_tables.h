// Names in a policy that fit no table: a misspelt name protects nothing.
//
//   ask_of_unmatched(rule.info, context.schema, policy->tables, "policy.append_only", outcome);
#pragma once

#include <string>

#include "rules/rule.h"

namespace schemaudit {

/// One question for all globs that fit no table which stands for itself, and the rule has not
/// passed: no gate may take the policy for kept. Nothing where all fit.
void ask_of_unmatched(const RuleInfo& rule, const Schema& schema, const TableSelector& tables,
                      const std::string& policy, RuleOutcome& outcome);

}  // namespace schemaudit
