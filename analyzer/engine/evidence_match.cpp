#include "analyzer/engine/evidence_match.h"

#include <algorithm>
#include <vector>

namespace schemaudit {

namespace {

/// The same database is told with the role of each run: `db shop on localhost as app`.
std::string without_role(const std::string& name) {
  return name.substr(0, name.rfind(" as "));
}

/// Why the evidence says nothing of what is audited; empty where it does.
std::string misfit(const Evidence& evidence, const AuditInput& input) {
  std::size_t matched = 0;
  for (const EvidenceInput& made_from : evidence.inputs) {
    for (const SourceResult& source : input.sources) {
      if (to_string(source.role) != made_from.role || source.kind != made_from.kind) continue;
      if (!made_from.digest.empty() && made_from.digest == source.digest) {
        ++matched;
      } else if (!made_from.digest.empty()) {
        return "it was made from " + made_from.name +
               " as it was before: what this audit reads of it differs";
      } else if (evidence.made_by == "verify" && source.kind == "db" &&
                 without_role(made_from.name) != without_role(source.name)) {
        return "it was made on " + made_from.name + ", and this audit is of " + source.name;
      }
    }
  }
  return matched > 0 ? "" : "this audit reads none of what it was made from";
}

std::string shown(const EvidenceItem& item) {
  std::string place =
      item.locations.empty() || !item.locations[0].from_file()
          ? ""
          : " (" + to_string(Origin{item.locations[0].uri, item.locations[0].line}) + ")";
  return item.text + place + (item.detail.empty() ? "" : ": " + item.detail);
}

Judgement judged(const std::string& maker, const GivenEvidence& given,
                 const std::vector<EvidenceItem>& items, EvidenceState state) {
  auto count = [&](EvidenceState wanted) {
    return std::count_if(items.begin(), items.end(),
                         [&](const EvidenceItem& item) { return item.state == wanted; });
  };
  const std::string said = maker + " (" + given.file + "): ";
  const std::string all = std::to_string(items.size());
  if (state == EvidenceState::passed)
    return {CriterionState::met, said + "all " + all + " passed, " + given.evidence.made_at};
  auto first = std::find_if(items.begin(), items.end(),
                            [&](const EvidenceItem& item) { return item.state == state; });
  std::string example = first == items.end() ? "" : ", first: " + shown(*first);
  if (state == EvidenceState::failed)
    return {CriterionState::not_met,
            said + std::to_string(count(state)) + " of " + all + " failed" + example};
  if (items.empty()) return {CriterionState::not_evaluated, said + "nothing was tried"};
  return {CriterionState::not_evaluated,
          said + std::to_string(count(state)) + " of " + all + " could not be proved" + example};
}

/// How bad, the worst first.
int rank(CriterionState state) {
  switch (state) {
    case CriterionState::not_met:
      return 0;
    case CriterionState::not_evaluated:
      return 1;
    case CriterionState::met:
      return 2;
  }
  return 1;
}

Judgement decide(const std::string& maker, const AuditInput& input, const std::string& subject) {
  std::optional<Judgement> worst;
  std::string unfit;
  for (const GivenEvidence& given : input.evidence) {
    if (given.evidence.made_by != maker) continue;
    if (std::string why = misfit(given.evidence, input); !why.empty()) {
      unfit += (unfit.empty() ? "" : "; ") + given.file + " does not count: " + why;
      continue;
    }
    Judgement judgement;
    if (subject.empty()) {
      judgement = judged(maker, given, given.evidence.items, given.evidence.state);
    } else {
      std::vector<EvidenceItem> items;
      for (const EvidenceItem& item : given.evidence.items)
        if (item.text.find(subject) != std::string::npos) items.push_back(item);
      if (items.empty()) {
        unfit += (unfit.empty() ? "" : "; ") + given.file + " tries nothing of " + subject;
        continue;
      }
      judgement = judged(maker, given, items, state_of(items));
    }
    if (!worst || rank(judgement.state) < rank(worst->state)) worst = std::move(judgement);
  }
  if (worst) return *worst;
  if (!unfit.empty()) return {CriterionState::not_evaluated, unfit};
  return {CriterionState::not_evaluated, "no evidence of " + maker + " was given: schemaudit " +
                                             maker +
                                             " --evidence FILE, then audit --evidence FILE"};
}

}  // namespace

bool is_about(const Evidence& evidence, const AuditInput& input) {
  return misfit(evidence, input).empty();
}

Judgement decide_by_evidence(const std::string& maker, const AuditInput& input) {
  return decide(maker, input, "");
}

Judgement decide_by_evidence(const std::string& maker, const std::string& subject,
                             const AuditInput& input) {
  return decide(maker, input, subject);
}

}  // namespace schemaudit
