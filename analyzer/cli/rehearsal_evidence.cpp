#include <algorithm>

#include "analyzer/cli/rehearsal_report.h"

namespace schemaudit {

namespace {

EvidenceItem item_of(const RehearsedStep& step, const Rehearsal& rehearsal) {
  EvidenceItem item;
  item.text = "step " + step.version + (step.name.empty() ? "" : " (" + step.name + ")") +
              ": up, back and up again";
  item.locations = {step.origin};
  for (const RehearsalFault& fault : rehearsal.faults) {
    if (!fault.gates ||
        std::find(fault.steps.begin(), fault.steps.end(), step.version) == fault.steps.end())
      continue;
    item.state = EvidenceState::failed;
    item.detail += (item.detail.empty() ? "" : "; ") + fault.message;
    if (fault.origin.from_file()) item.locations.push_back(fault.origin);
  }
  if (item.state == EvidenceState::failed) return item;
  if (!step.down.run) {
    item.detail = "nothing leads back";
    return item;
  }
  const bool proved = step.up.accepted && step.restored.value_or(false) && step.again.accepted;
  item.state = proved ? EvidenceState::passed : EvidenceState::incomplete;
  item.detail = proved ? "the catalog was restored" : "it was not tried to the end";
  if (std::any_of(rehearsal.steps_on_empty_tables.begin(), rehearsal.steps_on_empty_tables.end(),
                  [&](const StepOnEmptyTables& empty) { return empty.version == step.version; }))
    item.detail += "; tables of earlier steps held no rows";
  return item;
}

EvidenceItem item(std::string text, EvidenceState state, std::string detail) {
  EvidenceItem made;
  made.text = std::move(text);
  made.state = state;
  made.detail = std::move(detail);
  return made;
}

/// The name by which an audit's criterion finds it.
EvidenceItem rollback_item(const std::string& policy, const Rehearsal& rehearsal) {
  EvidenceItem made =
      item("policy.isolation." + policy + ": the way back only drops its own tables",
           EvidenceState::incomplete, "no step makes tables of this policy");
  for (const RehearsalFault& fault : rehearsal.faults) {
    const bool is_rollback =
        fault.kind == FaultKind::order_matters ||
        (fault.kind == FaultKind::beyond_own_tables &&
         fault.message.find("isolation policy " + policy + " ") != std::string::npos);
    if (!fault.gates || !is_rollback) continue;
    made.state = EvidenceState::failed;
    made.detail = fault.message;
    if (fault.origin.from_file()) made.locations.push_back(fault.origin);
    return made;
  }
  if (rehearsal.drop_orders == 0) return made;
  made.state = rehearsal.failed() ? EvidenceState::incomplete : EvidenceState::passed;
  made.detail = rehearsal.failed() ? "the rehearsal failed elsewhere"
                                   : std::to_string(rehearsal.drop_orders) + " orders were run";
  return made;
}

}  // namespace

Evidence evidence_of(const RehearsalReport& report) {
  const Rehearsal& rehearsal = report.rehearsal;
  Evidence evidence;
  evidence.made_by = "rehearse";
  evidence.tool_version = report.tool_version;
  evidence.made_at = report.started_at;
  evidence.inputs = {{"declared", "migrations", report.folder, report.digest}};
  if (rehearsal.history > 0)
    evidence.items.push_back(
        item(std::to_string(rehearsal.history) + " earlier steps, which were not tried",
             report.history_is_stated ? EvidenceState::passed : EvidenceState::incomplete,
             report.history_is_stated ? "the config says that every database has had them"
                                      : "nothing says that every database has had them: see "
                                        "applied under [sources]"));
  for (const RehearsedStep& step : rehearsal.steps)
    evidence.items.push_back(item_of(step, rehearsal));
  if (rehearsal.whole_chain_restored)
    evidence.items.push_back(
        item("all steps back, from the last to the first, and up again",
             *rehearsal.whole_chain_restored ? EvidenceState::passed : EvidenceState::failed, ""));
  for (const std::string& policy : report.drop_only)
    evidence.items.push_back(rollback_item(policy, rehearsal));
  for (const std::string& why : rehearsal.incomplete_because)
    evidence.items.push_back(item("what could not be tried", EvidenceState::incomplete, why));
  evidence.state = state_of(evidence.items);
  return evidence;
}

}  // namespace schemaudit
