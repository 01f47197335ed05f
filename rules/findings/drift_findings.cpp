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

bool is_told_by_drift(const RuleContext& context, const Disagreement& disagreement) {
  return context.drift &&
         std::any_of(context.drift->differences.begin(), context.drift->differences.end(),
                     [&](const Difference& difference) {
                       return !difference.name_only && is_about(difference, disagreement);
                     });
}

}  // namespace schemaudit
