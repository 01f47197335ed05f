#include "rules/findings/disagreement_findings.h"

#include <algorithm>
#include <utility>

#include "rules/findings/drift_findings.h"
#include "rules/findings/finding_places.h"
#include "rules/findings/model_findings.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

RuleOutcome findings_of(const RuleContext& context, const RuleInfo& rule,
                        const DisagreementRule& how) {
  RuleOutcome outcome;
  const bool speaks_of_models = rule.needs_claims && context.models;
  if (!context.docs && !speaks_of_models) {
    outcome.not_run = "there was nothing to compare the documents with";
    return outcome;
  }
  for (const Comparison* claims : {context.docs, speaks_of_models ? context.models : nullptr})
    for (Aspect aspect : how.aspects)
      if (claims && claims->compared.count(aspect)) outcome.checked += claims->compared.at(aspect);
  if (speaks_of_models) outcome.findings = model_mismatches(context, rule, how.aspects);
  if (!context.docs) return outcome;
  for (const Disagreement& disagreement : context.docs->disagreements) {
    if (std::find(how.aspects.begin(), how.aspects.end(), disagreement.aspect) == how.aspects.end())
      continue;
    if (how.left_out && how.left_out(context, disagreement)) continue;
    if (is_told_by_drift(context, disagreement, context.built) ||
        is_told_by_models(context, disagreement))
      continue;
    Finding finding = start_finding(rule, disagreement.object);
    if (disagreement.name_only) finding.severity = Severity::info;
    finding.message = disagreement.message;
    finding.behind = how.behind == Behind::live ? behind_of(context.built) : how.behind;
    finding.evidence.documented = disagreement.left;
    finding.evidence.of(context.built) = disagreement.right;
    add_what_models_say(context, disagreement, finding);
    finding.locations = places_of(context, disagreement);
    finding.key = disagreement.key;
    if (how.fix) finding.fix = how.fix(context, disagreement);
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace schemaudit
