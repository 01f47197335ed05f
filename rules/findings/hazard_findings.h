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

/// What rules on hazards ask where it is not known which steps are pending.
constexpr QuestionInfo kAskWhatIsApplied = {
    "statement of the migrations does so, if it has not run yet. Which migrations has every "
    "database "
    "had?",
    "statements of the migrations do so, as far as they have not run yet. Which migrations has "
    "every "
    "database had?",
    ""};

/// One finding for each change of a pending step of which `look` has something to say. Steps that
/// are applied are passed over; where nobody tells what is, all of it is one question. Not run
/// without migrations.
RuleOutcome findings_of_hazards(const RuleContext& context, const RuleInfo& rule,
                                std::string (*look)(const MigrationChange&));

/// `public.users`: the table that a change is about.
std::string table_named(const Change& change);
/// `public.users.email`: its column.
std::string column_named(const Change& change);

}  // namespace schemaudit
