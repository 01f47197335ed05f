// What one rule says of several built schemas, as one outcome: a finding of the same object and
// key on the live database and in the SQL files is one finding, with what both say as evidence.
//
//   RuleOutcome outcome = merge_outcomes({of_declared, of_live});
#pragma once

#include <vector>

#include "rules/rule.h"

namespace schemaudit {

/// The first outcome's words and first place stand, so give first the one that a reader can edit
/// (declared before live). The rule has not run only where it ran on none.
RuleOutcome merge_outcomes(std::vector<RuleOutcome> outcomes);

}  // namespace schemaudit
