// Findings about the types that a schema states.
//
//   bool is_money(const StatedType& stated) { return stated.element == "money"; }
//   findings_of_type(context, rule.info, is_money, ": how it is shown follows the session.");
#pragma once

#include <string>

#include "rules/facts/stated_types.h"
#include "rules/rule.h"

namespace schemaudit {

/// With evidence and places.
Finding start_finding(const SchemaContext& context, const RuleInfo& rule, const StatedType& stated,
                      const Origin& policy = {});

/// A finding for each type of which `is_meant` is true and that forbidden-type does not tell;
/// `why` follows `public.users.notes is json`.
RuleOutcome findings_of_type(const SchemaContext& context, const RuleInfo& rule,
                             bool (*is_meant)(const StatedType&), const std::string& why);

}  // namespace schemaudit
