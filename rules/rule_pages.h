// The user docs of the rules, made from what the rules say of themselves.
//
//   rule_page(undocumented_table.info)   docs/rules/undocumented-table.md
//   rules_index(all_rules())             docs/rules/README.md
#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

std::string rule_page(const Rule& rule);

/// A table for each category, rules sorted by id.
std::string rules_index(const std::vector<const Rule*>& rules);

}  // namespace schemaudit
