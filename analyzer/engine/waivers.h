// Waivers of the config: a finding that somebody answers for until a day does not gate.
//
//   apply_waivers(findings, config.waivers, "2027-01-31");
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/config.h"
#include "analyzer/model/finding.h"

namespace schemaudit {

/// `today` is an ISO date; a waiver holds through the day on which it expires.
void apply_waivers(std::vector<Finding>& findings, const std::vector<Waiver>& waivers,
                   const std::string& today);

}  // namespace schemaudit
