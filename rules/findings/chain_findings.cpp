#include "rules/findings/chain_findings.h"

#include <string>
#include <utility>

#include "rules/findings/finding_places.h"

namespace schemaudit {

namespace {

Finding finding_at(const RuleInfo& rule, const std::string& version, std::string message,
                   const Origin& origin) {
  Finding finding = start_finding(rule, {"migration", "", "", version});
  finding.message = std::move(message);
  finding.behind = Behind::migrations;
  finding.locations.push_back({"declared", origin});
  return finding;
}

RuleOutcome without_migrations() {
  RuleOutcome outcome;
  outcome.not_run = "needs a folder of migrations, which this run was not given";
  return outcome;
}

}  // namespace

const MigrationChain* chain_of(const RuleContext& context) {
  const SourceResult* declared = context.input.source(Role::declared);
  return declared && declared->chain ? &*declared->chain : nullptr;
}

const AppliedMigrations* applied_of(const RuleContext& context, RuleOutcome& outcome) {
  const MigrationChain* chain = chain_of(context);
  const SourceResult* live = context.input.source(Role::live);
  if (chain && live)
    for (const AppliedMigrations& applied : live->applied) {
      if (applied.tool != chain->tool) continue;
      if (applied.error.empty()) return &applied;
      outcome.unproven = {applied.error};
    }
  if (outcome.unproven.empty())
    outcome.not_run = "needs a folder of migrations and a live database with the table in which " +
                      std::string(chain ? to_string(chain->tool) : "the tool") +
                      " notes what it has run";
  return nullptr;
}

RuleOutcome findings_of_faults(const RuleContext& context, const RuleInfo& rule,
                               ChainFaultKind kind) {
  const MigrationChain* chain = chain_of(context);
  if (!chain) return without_migrations();
  RuleOutcome outcome;
  outcome.checked = chain->steps.size();
  for (const ChainFault& fault : chain->faults) {
    if (fault.kind != kind) continue;
    Finding finding = finding_at(rule, fault.version, fault.message, fault.origin);
    finding.key = fault.message;
    for (const Origin& origin : fault.related) finding.locations.push_back({"declared", origin});
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

RuleOutcome findings_of_steps(const RuleContext& context, const RuleInfo& rule,
                              std::string (*look)(const MigrationChain&, const MigrationStep&)) {
  const MigrationChain* chain = chain_of(context);
  if (!chain) return without_migrations();
  RuleOutcome outcome;
  for (const MigrationStep& step : chain->steps) {
    ++outcome.checked;
    std::string message = look(*chain, step);
    if (!message.empty())
      outcome.findings.push_back(
          finding_at(rule, step.version, std::move(message), step.up.origin));
  }
  return outcome;
}

}  // namespace schemaudit
