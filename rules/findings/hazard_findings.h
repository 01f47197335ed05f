// Findings about what a migration does when it runs.
//
//   std::string look(const MigrationChange& each) {
//     return each.change->kind == ChangeKind::truncate ? "..." : "";
//   }
//   RuleOutcome check(const RuleContext& context) {
//     return findings_of_hazards(context, truncated_table.info, look);
//   }
#pragma once

#include <string>

#include "rules/facts/migration_changes.h"
#include "rules/rule.h"

namespace schemaudit {

/// One finding for each change of which `look` has something to say; not run without migrations.
RuleOutcome findings_of_hazards(const RuleContext& context, const RuleInfo& rule,
                                std::string (*look)(const MigrationChange&));

/// `public.users`: the table that a change is about.
std::string table_named(const Change& change);
/// `public.users.email`: its column.
std::string column_named(const Change& change);

}  // namespace schemaudit
