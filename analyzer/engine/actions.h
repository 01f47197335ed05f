// What to do about the findings, most pressing first: one action for each file to correct, for
// the live database, and for each pair of which somebody has to decide who is right.
//
//   actions_for(report.findings, "the migrations")[0].text
//       Correct docs/users.md: column-type-mismatch, undocumented-column (2).
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/report.h"

namespace schemaudit {

/// Of the findings that are new and above info; these must have their fingerprints. `declared` is
/// what the declared side is called: `the migrations`.
std::vector<Action> actions_for(const std::vector<Finding>& findings, const std::string& declared);

}  // namespace schemaudit
