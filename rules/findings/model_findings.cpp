#include "rules/findings/model_findings.h"

#include <algorithm>
#include <utility>

#include "rules/findings/drift_findings.h"
#include "rules/findings/finding_places.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

namespace {

bool is_presence(Aspect aspect) {
  switch (aspect) {
    case Aspect::table_absent:
    case Aspect::table_unstated:
    case Aspect::table_renamed:
    case Aspect::column_absent:
    case Aspect::column_unstated:
    case Aspect::column_renamed:
      return true;
    default:
      return false;
  }
}

/// A model that bears another name than the table is missing there, and there under that name.
bool is_of_gap(const Disagreement& disagreement, ModelGap gap) {
  if (!is_presence(disagreement.aspect)) return false;
  const bool unstated = disagreement.aspect == Aspect::table_unstated ||
                        disagreement.aspect == Aspect::column_unstated;
  return unstated == (gap == ModelGap::not_modelled);
}

bool is_about(const Disagreement& a, const Disagreement& b) {
  if (a.aspect != b.aspect) return false;
  if (a.object == b.object) return true;
  return a.object.schema == b.object.schema && a.object.table == b.object.table &&
         a.object.kind == b.object.kind && a.left && a.left == b.left && a.right == b.right;
}

const Disagreement* find(const Comparison* comparison, const Disagreement& wanted) {
  if (!comparison) return nullptr;
  for (const Disagreement& each : comparison->disagreements)
    if (is_about(each, wanted)) return &each;
  return nullptr;
}

/// The column of the side that claims which a disagreement of columns is about.
const Column* claimed_column(const Comparison* claims, const ObjectRef& object) {
  if (!claims || object.kind != "column") return nullptr;
  const Relation* relation = claims->left_of({object.schema, object.table});
  return relation ? relation->find_column(object.name) : nullptr;
}

/// Whether the claiming side says something of this attribute; then no disagreement means that it
/// agrees.
bool states(const Comparison* claims, const Disagreement& disagreement) {
  const Column* column = claimed_column(claims, disagreement.object);
  if (!column) return false;
  if (disagreement.aspect == Aspect::column_type) return column->type.has_value();
  if (disagreement.aspect == Aspect::column_nullability) return column->nullable.has_value();
  return false;
}

/// Whether the models, too, lack the column that documents state and what is built lacks.
bool models_lack(const Comparison& models, const Disagreement& documented) {
  if (documented.aspect != Aspect::column_absent) return false;
  const ObjectRef& object = documented.object;
  const Relation* relation = models.left_of({object.schema, object.table});
  return relation && relation->coverage.columns && !relation->find_column(object.name);
}

std::vector<Location> places(const RuleContext& context, const Disagreement& modelled) {
  std::vector<Location> places;
  if (modelled.left_origin.from_file())
    places.push_back({std::string(to_string(Role::modelled)), modelled.left_origin});
  if (modelled.right_origin.from_file())
    places.push_back({std::string(to_string(context.models_against)), modelled.right_origin});
  if (places.empty()) places = places_of_the_unspoken(context.input);
  return places;
}

Finding finding_of(const RuleContext& context, const RuleInfo& rule, const Disagreement& modelled) {
  Finding finding = start_finding(rule, modelled.object);
  finding.message = modelled.message;
  finding.evidence.modelled = modelled.left;
  finding.evidence.of(context.models_against) = modelled.right;
  finding.locations = places(context, modelled);
  finding.key = modelled.key;
  if (const Disagreement* documented = find(context.docs, modelled)) {
    finding.evidence.documented = documented->left;
    if (documented->left_origin.from_file())
      finding.locations.push_back({"documented", documented->left_origin});
  }
  return finding;
}

}  // namespace

RuleOutcome model_findings(const RuleContext& context, const RuleInfo& rule, ModelGap gap) {
  RuleOutcome outcome;
  if (!context.models) {
    outcome.not_run = "there was nothing to compare the models with";
    return outcome;
  }
  for (const auto& [aspect, count] : context.models->compared)
    if (is_presence(aspect)) outcome.checked += count;
  for (const Disagreement& disagreement : context.models->disagreements) {
    if (!is_of_gap(disagreement, gap) ||
        is_told_by_drift(context, disagreement, context.models_against))
      continue;
    Finding finding = finding_of(context, rule, disagreement);
    finding.behind =
        gap == ModelGap::not_modelled ? Behind::models : behind_of(context.models_against);
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

std::vector<Finding> model_mismatches(const RuleContext& context, const RuleInfo& rule,
                                      const std::vector<Aspect>& aspects) {
  std::vector<Finding> findings;
  if (!context.models) return findings;
  for (const Disagreement& disagreement : context.models->disagreements) {
    if (std::find(aspects.begin(), aspects.end(), disagreement.aspect) == aspects.end()) continue;
    if (find(context.docs, disagreement) ||
        is_told_by_drift(context, disagreement, context.models_against))
      continue;
    Finding finding = finding_of(context, rule, disagreement);
    // Models are changed first, and migrations made of them; unless the documents, too, say what
    // the migrations say.
    finding.behind = states(context.docs, disagreement) || !disagreement.left
                         ? Behind::models
                         : behind_of(context.models_against);
    if (states(context.docs, disagreement)) finding.evidence.documented = disagreement.right;
    findings.push_back(std::move(finding));
  }
  return findings;
}

void add_what_models_say(const RuleContext& context, const Disagreement& documented,
                         Finding& finding) {
  if (!context.models) return;
  if (const Disagreement* modelled = find(context.models, documented)) {
    finding.evidence.modelled = modelled->left;
    if (!finding.behind && modelled->left && modelled->left == documented.left)
      finding.behind = behind_of(context.models_against);
  } else if (states(context.models, documented)) {
    finding.evidence.modelled = documented.right;
    if (!finding.behind) finding.behind = Behind::docs;
  } else if (!finding.behind && models_lack(*context.models, documented)) {
    finding.behind = Behind::docs;
  }
}

bool is_told_by_models(const RuleContext& context, const Disagreement& documented) {
  if (documented.aspect != Aspect::table_absent && documented.aspect != Aspect::column_absent)
    return false;
  return find(context.models, documented) != nullptr;
}

}  // namespace schemaudit
