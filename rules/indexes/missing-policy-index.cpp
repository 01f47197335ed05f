#include <algorithm>
#include <string>
#include <vector>

#include "rules/facts/column_types.h"
#include "rules/facts/index_text.h"
#include "rules/facts/live_row_predicates.h"
#include "rules/facts/partitions.h"
#include "rules/facts/selected_columns.h"
#include "rules/facts/tables.h"
#include "rules/facts/unmatched_columns.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule missing_policy_index;

namespace {

using Columns = std::vector<std::string>;

enum class Led { yes, no, unknown };

bool leads_with(const Index& index, const Columns& columns) {
  if (!index.valid.value_or(true) || index.keys.size() < columns.size()) return false;
  return std::equal(
      columns.begin(), columns.end(), index.keys.begin(),
      [](const std::string& column, const IndexKey& key) { return key.column == column; });
}

Led led_by(const SchemaContext& context, const Relation& relation, const Columns& columns) {
  Led best = relation.coverage.indexes ? Led::no : Led::unknown;
  for (const Index& index : relation.indexes) {
    if (!leads_with(index, columns)) continue;
    const Reach reach = reach_of(context, relation, index.predicate, columns);
    if (reach == Reach::all_in_use) return Led::yes;
    if (reach == Reach::unknown) best = Led::unknown;
  }
  const auto partitions = partitions_of(context.schema, relation);
  if (best != Led::no || partitions.empty()) return best;
  best = Led::yes;
  for (const Relation* partition : partitions) {
    const Led led = led_by(context, *partition, columns);
    if (led == Led::no) return led;
    if (led == Led::unknown) best = led;
  }
  return best;
}

/// Whether a btree can order the column's type by default.
bool has_an_order(const Schema& schema, const Relation& relation, const std::string& name) {
  const Column* column = relation.find_column(name);
  if (!column || !column->type) return false;
  const std::string type = base_type(schema, *column);
  return is_text(type) || is_number(type) || is_boolean(type) || is_point_in_time(type) ||
         type == "uuid" || schema.find_enum({"public", type}) != nullptr;
}

Finding missing(const SchemaContext& context, const Relation& relation, const Columns& columns,
                const ColumnSelector& selector) {
  const Column* sole = columns.size() == 1 ? relation.find_column(columns.front()) : nullptr;
  Finding finding = start_finding(context, missing_policy_index.info,
                                  sole ? object_of(relation, *sole) : object_of(relation),
                                  sole ? sole->origin : relation.origin, selector.origin);
  finding.key = join_identifiers(columns);
  finding.message = "No index of " + to_string(relation.name) + " begins with (" + finding.key +
                    "), which policy.indexed asks for (\"" + selector.text + "\").";
  finding.evidence.of(context.role) = "no index on (" + finding.key + ")";
  if (std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
        return has_an_order(context.schema, relation, column);
      }))
    finding.fix = Fix{FixKind::sql, create_statement(relation, columns)};
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::vector<ColumnSelector>& wanted = context.policy().indexed;
  if (wanted.empty()) {
    outcome.not_run = "no indexed in the config's [policy]";
    return outcome;
  }
  std::vector<bool> is_matched(wanted.size());
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    std::vector<Columns> told;
    for (std::size_t i = 0; i < wanted.size(); ++i)
      for (const Columns& columns : selected_columns(relation, wanted[i])) {
        is_matched[i] = true;
        if (std::find(told.begin(), told.end(), columns) != told.end()) continue;
        told.push_back(columns);
        ++outcome.checked;
        if (led_by(context, relation, columns) == Led::no)
          outcome.findings.push_back(missing(context, relation, columns, wanted[i]));
      }
  }
  UnmatchedColumns unmatched("policy.indexed");
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (!is_matched[i]) unmatched.add(wanted[i]);
  unmatched.ask(outcome, missing_policy_index.info);
  return outcome;
}

}  // namespace

const Rule missing_policy_index{
    {.id = "missing-policy-index",
     .severity = Severity::medium,
     .category = "indexes",
     .needs_policy = true,
     .summary = "Columns that the config wants indexed, and no index begins with them.",
     .docs = R"md(## What it does
For each entry of `indexed` in `[policy]`, reports tables without a valid index, of any method, whose
first keys are these columns in this order. Indexes of constraints count. A partial index counts
where it leaves out only rows with NULL in these columns, or rows that are marked as deleted. A
partitioned table is well off where each of its partitions is.

## Why it matters
The team knows which columns its queries look rows up by; the schema cannot tell.

## Example
```sql
CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, written_at timestamptz);
```
```toml
[policy]
indexed = ["*.written_at"]
```

## Use instead
```sql
CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, written_at timestamptz);
CREATE INDEX ON notes (written_at);
```
```toml
[policy]
indexed = ["*.written_at"]
```

## Limits
Entries that fit no column are asked about.
)md"},
    check};

}  // namespace schemaudit
