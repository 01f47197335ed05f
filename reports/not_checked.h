// What an audit did not look at, gathered from all over the report: whoever signs has to see it
// beside the verdict, for "could not see" is never "clean".
//
//   for (const NotChecked& gap : not_checked(report)) print(gap.what, gap.why);
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/report.h"

namespace schemaudit {

struct NotChecked {
  /// `docs/plan.md`, `spatial_ref_sys`, `a live database`.
  std::string what;
  std::string why;
  /// A difference may hide there; otherwise it was left out on purpose, or seen in another way.
  bool may_hide = false;
};

/// What may hide a difference first. Rules that did not run are in Report::rules.
std::vector<NotChecked> not_checked(const Report& report);

/// `rule, rule`: the rules that did not run (or crashed) for one and the same reason.
struct RulesNotRun {
  std::string reason;
  bool crashed = false;
  std::vector<std::string> rules;
};

/// In the report's order; what crashed first.
std::vector<RulesNotRun> rules_not_run(const Report& report);

}  // namespace schemaudit
