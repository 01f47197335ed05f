// The rules that a team writes as queries: [[sql_rule]] of the config.
//
//   for (const OwnedRule& rule : sql_rules(input.config)) ...
//
// The query sees the audit's schemas as tables (schema_tables.h); each row of its result is a
// finding. See docs/sql-rules.md.
#pragma once

#include <vector>

#include "rules/owned_rule.h"

namespace schemaudit {

/// The category of all of them, for --select and --ignore.
inline constexpr std::string_view kSqlRuleCategory = "sql-rules";

/// One for each of config.sql_rules. A query that fails throws out of its check. The schemas are
/// loaded once, for the first that runs; all have to be run on the same input.
std::vector<OwnedRule> sql_rules(const Config& config);

}  // namespace schemaudit
