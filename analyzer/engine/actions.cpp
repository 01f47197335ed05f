#include "analyzer/engine/actions.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace schemaudit {

namespace {

/// What has to be done, without the rules and counts.
std::string task_of(const Finding& finding, const std::string& declared) {
  std::string place;
  for (const Location& location : finding.locations)
    if (location.source != "config") {
      place = location.origin.uri;
      break;
    }
  const bool has_sql = finding.fix && finding.fix->kind == FixKind::sql;
  if (finding.behind == Behind::live)
    return has_sql ? "Change the live database, the SQL stands with the findings"
                   : "Change the live database";
  if (finding.behind == Behind::migrations)
    return has_sql ? "Add a migration, the SQL stands with the findings" : "Change " + declared;
  if (finding.behind == Behind::models) return "Change the models";
  if (finding.behind == Behind::docs) {
    // What no document speaks of points at what made it, which is right.
    auto told = std::find_if(finding.locations.begin(), finding.locations.end(),
                             [](const Location& each) { return each.source == "documented"; });
    return told == finding.locations.end() ? "Write the missing docs"
                                           : "Correct " + told->origin.uri;
  }
  if (place.empty()) return "Correct the config";
  return "Decide whether " + place + " is right, and correct it or what it is held against";
}

struct Group {
  Severity severity = Severity::info;
  std::map<std::string, std::size_t> rules;
  std::vector<std::string> fingerprints;
};

}  // namespace

std::vector<Action> actions_for(const std::vector<Finding>& findings, const std::string& declared) {
  std::map<std::string, Group> groups;
  for (const Finding& finding : findings) {
    if (finding.state != FindingState::new_ || finding.severity == Severity::info) continue;
    Group& group = groups[task_of(finding, declared)];
    group.severity = std::max(group.severity, finding.severity);
    ++group.rules[finding.rule];
    group.fingerprints.push_back(finding.fingerprint);
  }
  std::vector<Action> actions;
  for (auto& [task, group] : groups) {
    std::string rules;
    for (const auto& [rule, count] : group.rules) {
      rules += (rules.empty() ? "" : ", ") + rule;
      if (count > 1) rules += " (" + std::to_string(count) + ")";
    }
    actions.push_back({group.severity, task + ": " + rules + ".", std::move(group.fingerprints)});
  }
  std::stable_sort(actions.begin(), actions.end(),
                   [](const Action& a, const Action& b) { return a.severity > b.severity; });
  return actions;
}

}  // namespace schemaudit
