// Findings from the differences of what is declared and what is live, and who else leaves a
// disagreement to them.
//
//   RuleOutcome check(const RuleContext& context) {
//     return drift_findings(context, unapplied_change.info, Drift::unapplied);
//   }
#pragma once

#include <string_view>

#include "rules/rule.h"

namespace schemaudit {

enum class Drift {
  /// Declared, and not live.
  unapplied,
  /// Live, and not declared.
  undeclared,
  /// Both have it, differently.
  drifted,
};

/// One finding for each difference of this kind; one about a name alone is info.
RuleOutcome drift_findings(const RuleContext& context, const RuleInfo& rule, Drift kind);

/// The id of the rule that tells of it.
std::string_view rule_for(const Difference& difference);

/// Whether declared and live disagree about the very fact about which claims (documents, models)
/// disagree with `against`, one of the two, and the claims say what the other says: then it is the
/// drift rules' to tell. Claims that are wrong about both stay wrong once the drift is gone.
bool is_told_by_drift(const RuleContext& context, const Disagreement& disagreement, Role against);

}  // namespace schemaudit
