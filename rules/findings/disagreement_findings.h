// Findings from the disagreements of documents and live database: a mismatch rule is its docs
// text and one call.
//
//   RuleOutcome check(const RuleContext& context) {
//     return findings_of(context, column_type_mismatch.info, {.aspects = {Aspect::column_type}});
//   }
#pragma once

#include <optional>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

struct DisagreementRule {
  std::vector<Aspect> aspects;
  /// Unset where two sources alone cannot tell who has to catch up.
  std::optional<Behind> behind = std::nullopt;
  /// True for a disagreement that another rule reports.
  bool (*left_out)(const RuleContext&, const Disagreement&) = nullptr;
  /// What would settle it, where that is certain.
  std::optional<Fix> (*fix)(const RuleContext&, const Disagreement&) = nullptr;
};

/// One finding for each disagreement of these aspects; one about a name alone is info. What models
/// say of the same thing is shown with it, and what only the models dispute is a finding, too.
RuleOutcome findings_of(const RuleContext& context, const RuleInfo& rule,
                        const DisagreementRule& how);

}  // namespace schemaudit
