#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/facts/column_types.h"
#include "rules/facts/foreign_key_cover.h"
#include "rules/facts/key_references.h"
#include "rules/facts/tables.h"
#include "rules/facts/wanted_type.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule inconsistent_column_type;

namespace {

/// Names that say nothing of what is in them: another table, another meaning.
bool says_nothing(std::string_view name) {
  for (std::string_view generic :
       {"id",         "value",       "name",         "type",          "kind",
        "status",     "state",       "data",         "key",           "code",
        "content",    "body",        "details",      "payload",       "settings",
        "config",     "options",     "position",     "level",         "version",
        "number",     "count",       "size",         "amount",        "total",
        "score",      "date",        "time",         "result",        "source",
        "target",     "reference",   "rank",         "priority",      "duration",
        "weight",     "role",        "category",     "metadata",      "properties",
        "tags",       "labels",      "rating",       "quantity",      "period",
        "range",      "start",       "end",          "severity",      "object_id",
        "entity_id",  "record_id",   "resource_id",  "parent_id",     "target_id",
        "source_id",  "external_id", "reference_id", "item_id",       "row_id",
        "subject_id", "owner_id",    "actor_id",     "default_value", "old_value",
        "new_value",  "min",         "max",          "sum",           "avg"})
    if (name == generic) return true;
  return false;
}

/// Whether it differs from the column it references, which is told of the foreign key.
bool differs_from_its_target(const Schema& schema, const Relation& relation, const Column& column) {
  for (const ForeignKey& key : relation.foreign_keys) {
    const Relation* target = schema.find_relation(key.target);
    const std::vector<std::string> columns = target_columns(schema, key);
    if (!target || columns.size() != key.columns.size()) continue;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const Column* referenced = target->find_column(columns[i]);
      if (key.columns[i] == column.name && referenced && referenced->type &&
          base_type(schema, *referenced) != base_type(schema, column))
        return true;
    }
  }
  return false;
}

/// That is what timestamp-without-zone asks about.
template <typename Uses>
bool differ_in_zone_alone(const Uses& uses) {
  return std::all_of(uses.begin(), uses.end(),
                     [](const auto& use) { return use.first.starts_with("timestamp "); });
}

struct Use {
  const Relation* relation = nullptr;
  const Column* column = nullptr;
  bool is_foreign_key = false;
};

/// The uses of one name by type; all kinds of text are one.
using Uses = std::map<std::string, std::vector<Use>>;

std::map<std::string, Uses> uses_by_name(const SchemaContext& context) {
  const Schema& schema = context.schema;
  const std::optional<TypesPolicy>& policy = context.policy().types;
  std::map<std::string, Uses> names;
  for (const Relation& relation : schema.relations) {
    if (!keeps_rows(relation)) continue;
    for (const Column& column : relation.columns) {
      if (column.inherited || !column.type || says_nothing(fold_case(column.name)) ||
          differs_from_its_target(schema, relation, column) ||
          (policy && wanted_for(*policy, relation, column)))
        continue;
      std::string type = base_type(schema, column);
      if (is_text(type)) type = "text";
      names[column.name][type].push_back(
          {&relation, &column, is_in_a_foreign_key(relation, column.name)});
    }
  }
  return names;
}

bool all_are_foreign_keys(const Uses& uses) {
  for (const auto& [type, list] : uses)
    for (const Use& use : list)
      if (!use.is_foreign_key) return false;
  return true;
}

/// The most used type first.
std::vector<std::pair<std::string, std::vector<Use>>> by_frequency(const Uses& uses) {
  std::vector<std::pair<std::string, std::vector<Use>>> sorted(uses.begin(), uses.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
  return sorted;
}

std::string describe(const std::string& type, const std::vector<Use>& uses) {
  constexpr std::size_t kShown = 3;
  std::string text = type + " in ";
  for (std::size_t i = 0; i < uses.size() && i < kShown; ++i)
    text += (i ? ", " : "") + to_string(uses[i].relation->name);
  if (uses.size() > kShown) text += " and " + std::to_string(uses.size() - kShown) + " more";
  return text;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  std::string wanted;
  for (const auto& [name, uses] : uses_by_name(context)) {
    ++outcome.checked;
    if (uses.size() < 2 || all_are_foreign_keys(uses) || differ_in_zone_alone(uses)) continue;
    const auto sorted = by_frequency(uses);
    std::string types;
    for (const auto& [type, list] : sorted)
      types += (types.empty() ? "" : "; ") + describe(type, list);
    Finding finding =
        start_finding(context, inconsistent_column_type.info, {"column", {}, {}, name},
                      sorted.back().second.front().column->origin);
    finding.message = "Columns called " + quote_identifier(name) + " have " +
                      std::to_string(sorted.size()) + " types: " + types + ".";
    finding.evidence.of(context.role) = types;
    outcome.suspicions.push_back({std::move(finding), quote_identifier(name) + " (" + types + ")"});
    wanted += "\"*." + name + "\" = \"" + sorted.front().first + "\"\n";
  }
  // The commonest type of each, for the reader to correct.
  if (!wanted.empty())
    outcome.answer = "# yes: say which\n[policy.types.columns]\n" + wanted +
                     "# no: do not ask again\n# [rules.inconsistent-column-type]\n# ask = false";
  return outcome;
}

}  // namespace

const Rule inconsistent_column_type{
    {.id = "inconsistent-column-type",
     .severity = Severity::low,
     .category = "types",
     .summary = "A column name that stands for several types.",
     .docs = R"md(## What it does
Looks for column names that have another type in another table (`created_at` as `timestamptz` and
as `timestamp`, `tenant_id` as `uuid` and as `bigint`), and asks once about all of them. Lengths and
precisions, domains over one type, and the kinds of text among each other do not count.

## Why it matters
Some pairs do not compare at all without a cast (`uuid` and `bigint`); others compare by a conversion
that nobody sees (`date` and `timestamptz`, by the session's time zone). Who knows one table guesses
wrong about the next.

## Example
```sql
CREATE TABLE users (id bigint PRIMARY KEY, seen_at timestamptz);
CREATE TABLE devices (id bigint PRIMARY KEY, seen_at date);
```

## Use instead
```sql
CREATE TABLE users (id bigint PRIMARY KEY, seen_at timestamptz);
CREATE TABLE devices (id bigint PRIMARY KEY, seen_at timestamptz);
```

## Limits
Names that say nothing of their content (`id`, `value`, `status`, `parent_id` and the like) are left
out, and names all of whose columns are foreign keys: their types follow their targets.
)md",
     .question = {"column name stands for several types. Should it have one?",
                  "column names stand for several types each. Should they have one?",
                  "# yes: say which\n"
                  "[policy.types.columns]\n"
                  "\"*.created_at\" = \"timestamptz\"\n"
                  "# no: do not ask again\n"
                  "# [rules.inconsistent-column-type]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
