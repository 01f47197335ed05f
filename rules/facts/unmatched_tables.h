// Names in a policy that fit no table: a misspelt name protects nothing.
//
//   outcome.questions = question_of_unmatched(rule.info, context.schema, policy->tables,
//                                             "policy.append_only");
#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

/// One question for all globs that fit no table which stands for itself; none where all fit.
std::vector<Question> question_of_unmatched(const RuleInfo& rule, const Schema& schema,
                                            const TableSelector& tables, const std::string& policy);

}  // namespace schemaudit
