#include "rules/findings/problem_findings.h"

#include <utility>

#include "rules/findings/finding_places.h"

namespace schemaudit {

Finding finding_of_problem(const RuleInfo& rule, const Problem& problem) {
  ObjectRef object = problem.object;
  if (object.kind.empty()) object = {"document", "", "", problem.origin.uri};
  Finding finding = start_finding(rule, std::move(object));
  finding.message = problem.message;
  finding.behind = Behind::docs;
  finding.key = problem.key;
  finding.locations.push_back({"documented", problem.origin});
  if (problem.related) finding.locations.push_back({"documented", *problem.related});
  if (!problem.excerpt.empty()) finding.evidence.documented = problem.excerpt;
  return finding;
}

RuleOutcome findings_of_problems(const RuleContext& context, const RuleInfo& rule,
                                 ProblemKind kind) {
  RuleOutcome outcome;
  const SourceResult* docs = context.input.source(Role::documented);
  if (!docs) {
    outcome.not_run = "no documents were given";
    return outcome;
  }
  outcome.checked = docs->documents.size();
  for (const Problem& problem : docs->problems)
    if (problem.kind == kind) outcome.findings.push_back(finding_of_problem(rule, problem));
  return outcome;
}

RuleOutcome findings_of_model_problems(const RuleContext& context, const RuleInfo& rule,
                                       ProblemKind kind) {
  RuleOutcome outcome;
  const SourceResult* models = context.input.source(Role::modelled);
  if (!models) {
    outcome.not_run = "no models were given";
    return outcome;
  }
  outcome.checked = models->schema.relations.size();
  for (const Problem& problem : models->problems) {
    if (problem.kind != kind) continue;
    Finding finding = finding_of_problem(rule, problem);
    finding.behind = Behind::models;
    for (Location& place : finding.locations) place.source = std::string(to_string(Role::modelled));
    std::swap(finding.evidence.documented, finding.evidence.modelled);
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace schemaudit
