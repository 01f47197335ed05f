#include "analyzer/engine/merged_outcomes.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace schemaudit {

namespace {

void add_evidence(Finding& finding, const Finding& other) {
  for (Role role : {Role::documented, Role::declared, Role::modelled, Role::live, Role::before})
    if (!finding.evidence.of(role)) finding.evidence.of(role) = other.evidence.of(role);
  for (const Location& location : other.locations)
    if (std::find(finding.locations.begin(), finding.locations.end(), location) ==
        finding.locations.end())
      finding.locations.push_back(location);
}

/// Findings by their names, in the order in which they were first made. Two of one outcome that
/// share a name stay two.
template <typename Item, typename FindingOf>
void merge_into(std::vector<Item>& merged, std::map<std::string, std::size_t>& places,
                std::vector<Item> items, const FindingOf& finding_of) {
  std::map<std::string, std::size_t> own;
  for (Item& item : items) {
    const Finding& finding = finding_of(item);
    std::string name = fingerprint(finding.rule, finding.object, finding.key);
    auto known = places.find(name);
    if (known != places.end()) {
      add_evidence(finding_of(merged[known->second]), finding);
    } else {
      own.emplace(std::move(name), merged.size());
      merged.push_back(std::move(item));
    }
  }
  places.merge(own);
}

}  // namespace

RuleOutcome merge_outcomes(std::vector<RuleOutcome> outcomes) {
  if (outcomes.size() == 1) return std::move(outcomes.front());
  RuleOutcome merged;
  std::map<std::string, std::size_t> findings, suspicions;
  bool ran = false;
  for (RuleOutcome& outcome : outcomes) {
    merge_into(
        merged.findings, findings, std::move(outcome.findings),
        [](auto& finding) -> auto& { return finding; });
    merge_into(
        merged.suspicions, suspicions, std::move(outcome.suspicions),
        [](auto& suspicion) -> auto& { return suspicion.finding; });
    for (Question& question : outcome.questions)
      if (std::find(merged.questions.begin(), merged.questions.end(), question) ==
          merged.questions.end())
        merged.questions.push_back(std::move(question));
    if (merged.answer.empty()) merged.answer = std::move(outcome.answer);
    merged.unproven.insert(merged.unproven.end(), outcome.unproven.begin(), outcome.unproven.end());
    // One object on two sides is one object.
    merged.checked = std::max(merged.checked, outcome.checked);
    ran = ran || outcome.not_run.empty();
    merged.not_run = std::move(outcome.not_run);
  }
  if (ran) merged.not_run.clear();
  return merged;
}

}  // namespace schemaudit
