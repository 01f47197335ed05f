#include "reports/finding_groups.h"

#include <algorithm>
#include <map>

#include "reports/report_words.h"

namespace schemaudit {

std::vector<SeverityGroup> group_findings(const Report& report, FindingState state) {
  std::vector<SeverityGroup> groups;
  for (Severity severity : kSeverities) {
    SeverityGroup group;
    group.severity = severity;
    std::map<std::string_view, std::size_t> index_of;
    for (const Finding& finding : report.findings) {
      if (finding.severity != severity || finding.state != state) continue;
      const auto [entry, added] = index_of.try_emplace(finding.rule, group.rules.size());
      if (added) {
        RuleGroup rule;
        rule.rule = finding.rule;
        rule.about = find_rule_report(report, finding.rule);
        group.rules.push_back(std::move(rule));
      }
      group.rules[entry->second].findings.push_back(&finding);
      ++group.count;
    }
    if (group.count > 0) groups.push_back(std::move(group));
  }
  return groups;
}

const RuleReport* find_rule_report(const Report& report, std::string_view id) {
  const auto found = std::find_if(report.rules.begin(), report.rules.end(),
                                  [&](const RuleReport& rule) { return rule.id == id; });
  return found == report.rules.end() ? nullptr : &*found;
}

}  // namespace schemaudit
