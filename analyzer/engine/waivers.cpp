#include "analyzer/engine/waivers.h"

#include <algorithm>

#include "analyzer/model/names.h"

namespace schemaudit {

namespace {

/// Why a comment is no good waiver; empty where it is one.
std::string fault_of(const InlineWaiver& waiver, const std::vector<std::string>& rule_ids) {
  for (const std::string& id : waiver.rules) {
    if (std::find(rule_ids.begin(), rule_ids.end(), id) != rule_ids.end()) continue;
    const std::string nearest = nearest_name(id, rule_ids);
    return "the waiver names the unknown rule " + id +
           (nearest.empty() ? "; see: schemaudit rules" : ", did you mean " + nearest + "?");
  }
  if (waiver.rules.empty())
    return "the comment is no waiver that names a rule; write: schemaudit: waive RULE reason";
  if (waiver.reason.empty())
    return "the waiver of " + waiver.rules.front() + " gives no reason; write it after the rule";
  return {};
}

}  // namespace

void apply_waivers(std::vector<Finding>& findings, const AuditInput& input,
                   const std::string& today) {
  for (Finding& finding : findings) {
    const std::vector<Waiver>& waivers = input.config.waivers;
    bool waived = std::any_of(waivers.begin(), waivers.end(), [&](const Waiver& waiver) {
      return today <= waiver.expires && covers(waiver, finding);
    });
    for (const SourceResult& source : input.sources)
      waived = waived || std::any_of(source.waivers.begin(), source.waivers.end(),
                                     [&](const InlineWaiver& w) { return covers(w, finding); });
    if (waived) finding.state = FindingState::waived;
  }
}

std::string fault_of_inline_waivers(const AuditInput& input,
                                    const std::vector<std::string>& rule_ids) {
  const InlineWaiver* first = nullptr;
  for (const SourceResult& source : input.sources)
    for (const InlineWaiver& waiver : source.waivers)
      if ((!first || waiver.origin < first->origin) && !fault_of(waiver, rule_ids).empty())
        first = &waiver;
  return first ? to_string(first->origin) + ": " + fault_of(*first, rule_ids) : std::string();
}

}  // namespace schemaudit
