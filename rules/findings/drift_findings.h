// Findings from the differences of what is declared and what is live, and who else leaves a
// disagreement to them.
//
//   RuleOutcome check(const RuleContext& context) {
//     return drift_findings(context, unapplied_change.info, Drift::unapplied);
//   }
#pragma once

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

/// Whether declared and live disagree about the very thing that documents and live disagree
/// about: then it is the drift rules' to tell.
bool is_told_by_drift(const RuleContext& context, const Disagreement& disagreement);

}  // namespace schemaudit
