// Answers to questions about columns, with the very columns that were found.
//
//   outcome.answer = domain_answer(outcome.suspicions, "check-or-enum", "status-without-check");
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

/// Lines of [policy.domains] for the columns that the suspicions are about, and how not to be
/// asked again; empty where there are none.
std::string domain_answer(const std::vector<Suspicion>& suspicions, std::string_view demand,
                          std::string_view rule);

}  // namespace schemaudit
