#include "rules/findings/hazard_findings.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzer/model/config_text.h"
#include "rules/findings/finding_places.h"

namespace schemaudit {

namespace {

using Effect = std::tuple<std::size_t, ChangeKind, QualifiedName, std::string>;

Effect effect_on(const Change& change, const QualifiedName& table) {
  return {change.statement, change.kind, table, change.object.name};
}

/// Whether the statement does the same to the table's parent, from which this follows.
bool follows_from_parent(const Schema& schema, const Change& change,
                         const std::set<Effect>& effects) {
  const Relation* relation = schema.find_relation({change.object.schema, change.object.table});
  if (!relation) return false;
  std::vector<QualifiedName> parents = relation->inherits;
  if (relation->partition_of) parents.push_back(relation->partition_of->parent);
  return std::any_of(parents.begin(), parents.end(), [&](const QualifiedName& parent) {
    return effects.count(effect_on(change, parent)) != 0;
  });
}

}  // namespace

RuleOutcome findings_of_hazards(const RuleContext& context, const RuleInfo& rule,
                                std::string (*look)(const MigrationChange&)) {
  RuleOutcome outcome;
  const SourceResult* declared = context.input.source(Role::declared);
  if (!declared || !declared->chain) {
    outcome.not_run = "needs a folder of migrations, which this run was not given";
    return outcome;
  }
  std::set<Effect> effects;
  for (const MigrationChange& each : migration_changes(*declared)) {
    ++outcome.checked;
    const Change& change = *each.change;
    // Types, domains, functions: they have no rows.
    if (change.object.table.empty()) continue;
    // What every database has had is no news.
    if (each.step->applied.value_or(false)) continue;
    std::string message = look(each);
    if (message.empty()) continue;
    effects.insert(effect_on(change, {change.object.schema, change.object.table}));
    if (follows_from_parent(declared->schema, change, effects)) continue;
    Finding finding = start_finding(rule, each.change->object);
    finding.message = std::move(message);
    finding.key = each.step->version + " " + std::string(to_string(each.change->kind));
    finding.behind = Behind::migrations;
    finding.locations.push_back({"declared", each.change->origin});
    std::string example = each.step->version + ": " + finding.message;
    if (each.step->applied)
      outcome.findings.push_back(std::move(finding));
    else
      outcome.suspicions.push_back({std::move(finding), std::move(example)});
  }
  if (!outcome.suspicions.empty())
    outcome.answer = "# the last version that every database has had, as " +
                     toml_string(declared->chain->steps.front().version) +
                     "; what comes after is judged, with none all of it\n[sources]\napplied = "
                     "\"none\"";
  return outcome;
}

std::string table_named(const Change& change) {
  return to_string(QualifiedName{change.object.schema, change.object.table});
}

std::string column_named(const Change& change) {
  return table_named(change) + "." + quote_identifier(change.object.name);
}

}  // namespace schemaudit
