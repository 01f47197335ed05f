// Answers to questions about columns, with the very columns that were found.
//
//   outcome.answer =
//       domain_answer(schema, outcome.suspicions, "check-or-enum", "status-without-check");
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

/// Lines of [policy.domains] for the columns that the suspicions are about, and how not to be
/// asked again; empty where there are none. `*.status` stands for all columns of that name only
/// where the suspicions are about all of them: the answer speaks of nothing that was not asked.
std::string domain_answer(const Schema& schema, const std::vector<Suspicion>& suspicions,
                          std::string_view demand, std::string_view rule);

/// Tables by the name of the column in which they mark rows as deleted.
using TablesBySoftDeleteColumn = std::map<std::string, std::set<QualifiedName>>;

/// Lines of [policy.soft_delete] for these tables, each with a `#` and what they answer before it.
/// A policy has one column: where tables have several, the rule's severity answers for all.
std::string soft_delete_answer(const Schema& schema, const TablesBySoftDeleteColumn& tables,
                               std::string_view policy_answer, std::string_view severity,
                               std::string_view other_answer, std::string_view rule);

}  // namespace schemaudit
