#include "analyzer/engine/metrics.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "rules/facts/foreign_key_cover.h"

namespace schemaudit {

namespace {

/// Tables that stand for themselves: a partition is told by its root, a view holds no rows.
bool counts(const Relation& relation) {
  return !relation.is_view() && !relation.partition_of;
}

/// A column's name without what people write differently: `createdAt`, `created_at`.
std::string plain(std::string_view name) {
  std::string text = fold_case(name);
  text.erase(std::remove(text.begin(), text.end(), '_'), text.end());
  return text;
}

Metric finish(Metric metric) {
  std::sort(metric.members.begin(), metric.members.end());
  return metric;
}

Metric documented_tables(const Schema& live, const Comparison& comparison) {
  Metric metric{"documented-tables"};
  for (const Relation& relation : live.relations) {
    if (!counts(relation)) continue;
    ++metric.denominator;
    if (comparison.left_of(relation.name))
      ++metric.numerator;
    else
      metric.members.push_back(to_string(relation.name));
  }
  return finish(std::move(metric));
}

Metric documented_columns(const Schema& live, const Comparison& comparison) {
  Metric metric{"documented-columns"};
  for (const Relation& relation : live.relations) {
    if (!counts(relation)) continue;
    std::set<std::string> stated;
    if (const Relation* documented = comparison.left_of(relation.name))
      for (const Column& column : documented->columns) stated.insert(plain(column.name));
    for (const Column& column : relation.columns) {
      ++metric.denominator;
      if (stated.count(plain(column.name)))
        ++metric.numerator;
      else
        metric.members.push_back(to_string(relation.name) + "." + quote_identifier(column.name));
    }
  }
  return finish(std::move(metric));
}

Metric docs_agreement(const Comparison& comparison) {
  Metric metric{"docs-agreement", comparison.claims_held, comparison.claims};
  std::set<std::string> differing;
  for (const Disagreement& disagreement : comparison.disagreements)
    if (disagreement.left && !disagreement.name_only)
      differing.insert(to_string(disagreement.object));
  metric.members.assign(differing.begin(), differing.end());
  return metric;
}

Metric keyed_tables(const Schema& live) {
  Metric metric{"keyed-tables"};
  for (const Relation& relation : live.relations) {
    if (!counts(relation) || relation.kind == RelationKind::foreign_table) continue;
    ++metric.denominator;
    if (relation.primary_key)
      ++metric.numerator;
    else
      metric.members.push_back(to_string(relation.name));
  }
  return finish(std::move(metric));
}

Metric soft_delete_tables(const Schema& live, const SoftDeletePolicy& policy) {
  Metric metric{"soft-delete-tables"};
  for (const Relation& relation : live.relations) {
    if (!counts(relation) || !policy.tables.matches(relation.name)) continue;
    ++metric.denominator;
    if (relation.find_column(policy.column))
      ++metric.numerator;
    else
      metric.members.push_back(to_string(relation.name));
  }
  return finish(std::move(metric));
}

Metric indexed_foreign_keys(const Schema& schema) {
  Metric metric{"indexed-foreign-keys"};
  for (const Relation& relation : schema.relations) {
    if (!counts(relation)) continue;
    for (const ForeignKey& foreign_key : relation.foreign_keys) {
      const Cover cover = cover_of(schema, relation, foreign_key.columns);
      if (foreign_key.inherited || cover == Cover::unknown) continue;
      ++metric.denominator;
      if (cover == Cover::covered)
        ++metric.numerator;
      else
        metric.members.push_back(to_string(relation.name) + "." + foreign_key.name);
    }
  }
  return finish(std::move(metric));
}

bool is_restricted(const Schema& schema, const Relation& relation, const Column& column) {
  auto reads = [&](const std::vector<std::string>& columns) {
    return std::find(columns.begin(), columns.end(), column.name) != columns.end();
  };
  auto type_is = [&](const QualifiedName& name) {
    return column.type && column.type->normal == to_string(name);
  };
  return std::any_of(relation.checks.begin(), relation.checks.end(),
                     [&](const CheckConstraint& check) { return reads(check.columns); }) ||
         std::any_of(relation.foreign_keys.begin(), relation.foreign_keys.end(),
                     [&](const ForeignKey& key) { return reads(key.columns); }) ||
         std::any_of(schema.enums.begin(), schema.enums.end(),
                     [&](const EnumType& type) { return type_is(type.name); }) ||
         std::any_of(schema.domains.begin(), schema.domains.end(), [&](const Domain& domain) {
           return type_is(domain.name) && !domain.checks.empty();
         });
}

/// Columns of which [policy.domains] asks that something restricts their values.
Metric constrained_domains(const Schema& schema, const Policies& policy) {
  Metric metric{"constrained-domains"};
  for (const Relation& relation : schema.relations) {
    if (!counts(relation)) continue;
    for (const Column& column : relation.columns) {
      const bool asked = std::any_of(policy.domains.begin(), policy.domains.end(),
                                     [&](const DomainPolicy& domain) {
                                       return domain.columns.matches(relation.name, column.name);
                                     });
      if (!asked) continue;
      ++metric.denominator;
      if (is_restricted(schema, relation, column))
        ++metric.numerator;
      else
        metric.members.push_back(to_string(relation.name) + "." + quote_identifier(column.name));
    }
  }
  return finish(std::move(metric));
}

/// A rule looks at each of its obligations; those it reports are not met.
Metric obligations_met(std::string_view id, const RuleReport& rule,
                       const std::vector<Finding>& findings) {
  Metric metric{std::string(id), rule.checked, rule.checked};
  std::set<std::string> missed;
  for (const Finding& finding : findings)
    if (finding.rule == rule.id) missed.insert(to_string(finding.object));
  metric.numerator -= std::min(metric.numerator, missed.size());
  metric.members.assign(missed.begin(), missed.end());
  return metric;
}

Metric modelled_tables(const Schema& built, const Schema& modelled) {
  Metric metric{"modelled-tables"};
  for (const Relation& relation : built.relations) {
    if (!counts(relation)) continue;
    ++metric.denominator;
    if (modelled.find_relation(relation.name))
      ++metric.numerator;
    else
      metric.members.push_back(to_string(relation.name));
  }
  return finish(std::move(metric));
}

Metric analysed_statements(const SourceResult& declared) {
  const StatementCounts& counted = declared.statements;
  Metric metric{"analysed-statements", counted.replayed + counted.without_effect, counted.total};
  for (const Problem& problem : declared.problems)
    if (problem.kind == ProblemKind::unanalysed || problem.kind == ProblemKind::refused ||
        problem.kind == ProblemKind::invalid_sql || problem.kind == ProblemKind::newer_syntax)
      metric.members.push_back(to_string(problem.origin));
  return finish(std::move(metric));
}

/// Steps that stand in the chain as they should.
Metric chain_links(const MigrationChain& chain) {
  Metric metric{"chain-links"};
  metric.denominator = chain.steps.size();
  std::set<std::string> broken;
  for (const ChainFault& fault : chain.faults) broken.insert(fault.version);
  for (const MigrationStep& step : chain.steps)
    if (broken.count(step.version) > 0 || step.up.empty)
      metric.members.push_back(step.version);
    else
      ++metric.numerator;
  return finish(std::move(metric));
}

/// Relations of which information_schema hides nothing from the role.
std::optional<Metric> visible_relations(const SourceResult& live) {
  std::set<std::string> partly_hidden;
  for (const HiddenFact& hidden : live.visibility.hidden)
    partly_hidden.insert(hidden.relations.begin(), hidden.relations.end());
  Metric metric{"visibility"};
  for (const Relation& relation : live.schema.relations) {
    ++metric.denominator;
    if (partly_hidden.count(to_string(relation.name)))
      metric.members.push_back(to_string(relation.name));
    else
      ++metric.numerator;
  }
  return finish(std::move(metric));
}

}  // namespace

std::vector<Metric> measure(const AuditInput& input,
                            const std::optional<DocumentComparison>& documents,
                            const Report& report) {
  std::vector<Metric> metrics;
  const SourceResult* built = built_source(input);
  if (!built) return metrics;
  const Schema& schema = built->schema;
  const Policies& policy = input.config.policy;
  if (documents) {
    metrics.push_back(documented_tables(schema, documents->comparison));
    metrics.push_back(documented_columns(schema, documents->comparison));
    metrics.push_back(docs_agreement(documents->comparison));
  }
  metrics.push_back(keyed_tables(schema));
  metrics.push_back(indexed_foreign_keys(schema));
  if (!policy.domains.empty()) metrics.push_back(constrained_domains(schema, policy));
  for (const RuleReport& rule : report.rules)
    if (!policy.unique.empty() && rule.id == "missing-unique-constraint" &&
        (rule.status == RuleStatus::passed || rule.status == RuleStatus::failed))
      metrics.push_back(obligations_met("unique-obligations", rule, report.findings));
  if (policy.soft_delete) metrics.push_back(soft_delete_tables(schema, *policy.soft_delete));
  if (const SourceResult* modelled = input.source(Role::modelled); modelled && modelled != built)
    metrics.push_back(modelled_tables(schema, modelled->schema));
  if (const SourceResult* declared = input.source(Role::declared);
      declared && declared->statements.total > 0)
    metrics.push_back(analysed_statements(*declared));
  if (const SourceResult* declared = input.source(Role::declared);
      declared && declared->chain && !declared->chain->steps.empty())
    metrics.push_back(chain_links(*declared->chain));
  if (const SourceResult* live = input.source(Role::live))
    if (std::optional<Metric> visible = visible_relations(*live)) metrics.push_back(*visible);
  return metrics;
}

const std::vector<std::string>& metric_ids() {
  static const std::vector<std::string> ids = {
      "documented-tables",    "documented-columns",  "docs-agreement",     "keyed-tables",
      "indexed-foreign-keys", "constrained-domains", "unique-obligations", "soft-delete-tables",
      "modelled-tables",      "analysed-statements", "chain-links",        "visibility"};
  return ids;
}

}  // namespace schemaudit
