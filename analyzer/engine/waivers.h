// Waivers of the config and of comments: a finding that somebody answers for does not gate.
//
//   if (std::string fault = fault_of_inline_waivers(input, ids); !fault.empty()) ...   exit 2
//   apply_waivers(findings, input, "2027-01-31");
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/audit_input.h"

namespace schemaudit {

/// `today` is an ISO date; a waiver of the config holds through the day on which it expires.
void apply_waivers(std::vector<Finding>& findings, const AuditInput& input,
                   const std::string& today);

/// The first comment, by place, that names a rule there is not or gives no reason; with what to
/// do about it. Empty where there is none.
std::string fault_of_inline_waivers(const AuditInput& input,
                                    const std::vector<std::string>& rule_ids);

}  // namespace schemaudit
