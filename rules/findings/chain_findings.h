// Findings about the chain of migrations itself.
//
//   RuleOutcome check(const RuleContext& context) {
//     return findings_of_faults(context, migration_gap.info, ChainFaultKind::gap);
//   }
#pragma once

#include <vector>

#include "rules/rule.h"

namespace schemaudit {

/// The chain of the declared source; nullptr where no migrations were given.
const MigrationChain* chain_of(const RuleContext& context);

/// One finding for each fault of this kind; not run without migrations.
RuleOutcome findings_of_faults(const RuleContext& context, const RuleInfo& rule,
                               ChainFaultKind kind);

/// What the live database's table of the chain's tool tells. nullptr where there is none, and
/// `outcome` says why the rule does not run; where there is one that could not be read (no grant, a
/// lock), the rule's verdict is unproven.
const AppliedMigrations* applied_of(const RuleContext& context, RuleOutcome& outcome);

/// The same for what a rule sees in a step by itself; `look` returns the message, or nothing.
RuleOutcome findings_of_steps(const RuleContext& context, const RuleInfo& rule,
                              std::string (*look)(const MigrationChain&, const MigrationStep&));

}  // namespace schemaudit
