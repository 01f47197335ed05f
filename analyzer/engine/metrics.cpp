#include "analyzer/engine/metrics.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

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

/// How many relations a hidden fact lists at most.
constexpr std::size_t kListed = 20;

/// Relations of which information_schema hides nothing from the role; unset where the lists of
/// hidden ones were cut.
std::optional<Metric> visible_relations(const SourceResult& live) {
  std::set<std::string> partly_hidden;
  for (const HiddenFact& hidden : live.visibility.hidden) {
    if (hidden.relations.size() >= kListed) return std::nullopt;
    partly_hidden.insert(hidden.relations.begin(), hidden.relations.end());
  }
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
                            const std::optional<DocumentComparison>& documents) {
  std::vector<Metric> metrics;
  const SourceResult* built = built_source(input);
  if (!built) return metrics;
  if (documents) {
    metrics.push_back(documented_tables(built->schema, documents->comparison));
    metrics.push_back(documented_columns(built->schema, documents->comparison));
    metrics.push_back(docs_agreement(documents->comparison));
  }
  metrics.push_back(keyed_tables(built->schema));
  if (input.config.policy.soft_delete)
    metrics.push_back(soft_delete_tables(built->schema, *input.config.policy.soft_delete));
  if (const SourceResult* live = input.source(Role::live))
    if (std::optional<Metric> visible = visible_relations(*live)) metrics.push_back(*visible);
  return metrics;
}

const std::vector<std::string>& metric_ids() {
  static const std::vector<std::string> ids = {"documented-tables",  "documented-columns",
                                               "docs-agreement",     "keyed-tables",
                                               "soft-delete-tables", "visibility"};
  return ids;
}

}  // namespace schemaudit
