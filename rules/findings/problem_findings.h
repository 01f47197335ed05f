// Findings from what the reader of the documents stumbled over: one for each Problem of a kind.
//
//   RuleOutcome check(const RuleContext& context) {
//     return findings_of_problems(context, garbled_text.info, ProblemKind::garbled_text);
//   }
#pragma once

#include "rules/rule.h"

namespace schemaudit {

/// `checked` is the number of documents read.
RuleOutcome findings_of_problems(const RuleContext& context, const RuleInfo& rule,
                                 ProblemKind kind);

/// The same for models; `checked` is the number of their tables.
RuleOutcome findings_of_model_problems(const RuleContext& context, const RuleInfo& rule,
                                       ProblemKind kind);

/// One problem of the documents as a finding.
Finding finding_of_problem(const RuleInfo& rule, const Problem& problem);

}  // namespace schemaudit
