#include "rules/findings/drift_findings.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>

#include "rules/findings/finding_places.h"

namespace schemaudit {

namespace {

Drift kind_of(const Difference& difference) {
  if (difference.from && difference.to) return Drift::drifted;
  return difference.from || !difference.to ? Drift::unapplied : Drift::undeclared;
}

/// The same thing: by its name, or, where documents name it otherwise, by what it is.
bool is_about(const Difference& difference, const Disagreement& disagreement) {
  const ObjectRef& a = difference.object;
  const ObjectRef& b = disagreement.object;
  if (a.schema != b.schema || a.table != b.table) return false;
  if (a.kind == b.kind && a.name == b.name) return true;
  const std::optional<std::string>& told = difference.from ? difference.from : difference.to;
  return a.kind == b.kind && told && (disagreement.left == told || disagreement.right == told);
}

bool is_presence(const Disagreement& disagreement) {
  return !disagreement.left || !disagreement.right;
}

/// Of a column each fact is one by itself; what else differs about an object differs as a whole.
bool is_same_fact(const Difference& difference, const Disagreement& disagreement) {
  const std::string& aspect = difference.aspect;
  switch (disagreement.aspect) {
    case Aspect::column_type:
      return aspect == "type";
    case Aspect::column_nullability:
      return aspect == "nullability";
    case Aspect::column_default:
      return aspect == "default" || aspect == "identity" || aspect == "generation";
    case Aspect::column_collation:
      return aspect == "collation";
    case Aspect::table_absent:
    case Aspect::table_unstated:
    case Aspect::column_absent:
    case Aspect::column_unstated:
      return aspect == "presence";
    default:
      return is_presence(disagreement) == (aspect == "presence");
  }
}

bool claims_what_the_other_says(const Difference& difference, const Disagreement& disagreement,
                                Role against) {
  const std::optional<std::string>& other = against == Role::live ? difference.from : difference.to;
  if (is_presence(disagreement)) return disagreement.left.has_value() == other.has_value();
  return disagreement.left == other;
}

/// What the documents say of the object, as far as the comparison with them tells.
const Disagreement* documented_otherwise(const RuleContext& context, const Difference& difference) {
  if (!context.docs) return nullptr;
  for (const Disagreement& disagreement : context.docs->disagreements)
    if (is_about(difference, disagreement)) return &disagreement;
  return nullptr;
}

/// Where both have it: the documents, if they agree with the database, say that the files are
/// behind, and the other way round.
std::optional<Behind> who_is_behind(const RuleContext& context, const Difference& difference,
                                    Drift kind, const Disagreement* documented) {
  if (kind == Drift::unapplied) return Behind::live;
  if (kind == Drift::undeclared) return Behind::migrations;
  if (!context.docs || !context.docs->left_of({difference.object.schema, difference.object.table}))
    return std::nullopt;
  if (documented && documented->left == difference.from) return Behind::live;
  return std::nullopt;
}

Finding finding_of(const RuleContext& context, const RuleInfo& rule, const Difference& difference,
                   Drift kind) {
  Finding finding = start_finding(rule, difference.object);
  const Disagreement* documented = documented_otherwise(context, difference);
  if (difference.name_only) finding.severity = Severity::info;
  finding.message = difference.message;
  if (!finding.message.empty())
    finding.message.front() =
        static_cast<char>(std::toupper(static_cast<unsigned char>(finding.message.front())));
  finding.behind = who_is_behind(context, difference, kind, documented);
  finding.evidence.declared = difference.from;
  finding.evidence.live = difference.to;
  if (documented) finding.evidence.documented = documented->left;
  finding.key = difference.aspect;
  if (difference.from_origin.from_file())
    finding.locations.push_back({"declared", difference.from_origin});
  if (documented && documented->left_origin.from_file())
    finding.locations.push_back({"documented", documented->left_origin});
  if (finding.locations.empty()) finding.locations = places_of_the_unspoken(context.input);
  return finding;
}

}  // namespace

std::string_view rule_for(const Difference& difference) {
  switch (kind_of(difference)) {
    case Drift::unapplied:
      return "unapplied-change";
    case Drift::undeclared:
      return "undeclared-change";
    case Drift::drifted:
      break;
  }
  return "drifted-definition";
}

RuleOutcome drift_findings(const RuleContext& context, const RuleInfo& rule, Drift kind) {
  RuleOutcome outcome;
  if (!context.drift) {
    outcome.not_run = "there was nothing to compare the live database with";
    return outcome;
  }
  outcome.checked = context.drift->compared;
  for (const Difference& difference : context.drift->differences)
    if (kind_of(difference) == kind)
      outcome.findings.push_back(finding_of(context, rule, difference, kind));
  return outcome;
}

bool is_told_by_drift(const RuleContext& context, const Disagreement& disagreement, Role against) {
  return context.drift &&
         std::any_of(context.drift->differences.begin(), context.drift->differences.end(),
                     [&](const Difference& difference) {
                       return !difference.name_only && is_about(difference, disagreement) &&
                              is_same_fact(difference, disagreement) &&
                              claims_what_the_other_says(difference, disagreement, against);
                     });
}

}  // namespace schemaudit
