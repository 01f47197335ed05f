#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/foreign_key_cover.h"
#include "rules/facts/foreign_key_text.h"
#include "rules/facts/index_text.h"
#include "rules/facts/isolation_border.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule unindexed_foreign_key;

namespace {

/// Whether an index that covers the key only waits for its migration to be applied.
bool is_covered_as_declared(const SchemaContext& context, const Relation& relation,
                            const ForeignKey& foreign_key) {
  const SourceResult* declared =
      context.role == Role::live ? context.input.source(Role::declared) : nullptr;
  const Relation* there = declared ? declared->schema.find_relation(relation.name) : nullptr;
  return there && cover_of(declared->schema, *there, foreign_key.columns) != Cover::none;
}

Finding unindexed(const SchemaContext& context, const Relation& relation,
                  const ForeignKey& foreign_key, bool is_walked) {
  Finding finding = start_finding(context, unindexed_foreign_key.info,
                                  constraint_of(relation, foreign_key.name), foreign_key.origin);
  const std::string columns = "(" + join_identifiers(foreign_key.columns) + ")";
  finding.message = "No index of " + to_string(relation.name) + " begins with " + columns + ", so ";
  finding.message += is_walked ? "the cascade from " + to_string(foreign_key.target) +
                                     " reads the whole table for every row."
                               : "each delete of a row of " + to_string(foreign_key.target) +
                                     " reads the whole table.";
  finding.key = key_of(foreign_key);
  finding.evidence.of(context.role) = describe(foreign_key);
  if (is_covered_as_declared(context, relation, foreign_key))
    finding.message += " An index that covers it is declared, and not applied.";
  else
    finding.fix = Fix{FixKind::sql, create_statement(relation, foreign_key.columns)};
  return finding;
}

/// A target that lists the few words a column may hold: its rows change with releases, and an index
/// over so few values finds nothing faster.
bool is_list_of_words(const Schema& schema, const ForeignKey& foreign_key) {
  const Relation* target = schema.find_relation(foreign_key.target);
  const std::vector<std::string> columns = target_columns(schema, foreign_key);
  if (!target || columns.size() != 1) return false;
  return std::any_of(target->checks.begin(), target->checks.end(),
                     [&](const CheckConstraint& check) {
                       return check.allowed && check.allowed->column == columns.front();
                     });
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const Schema& schema = context.schema;
  for (const Relation& relation : schema.relations) {
    if (relation.is_view()) continue;
    for (const ForeignKey& foreign_key : relation.foreign_keys) {
      if (foreign_key.inherited || is_to_be_dropped(context.config(), relation, foreign_key))
        continue;
      ++outcome.checked;
      if (cover_of(schema, relation, foreign_key.columns) != Cover::none) continue;
      const bool is_walked = is_walked_by_a_cascade(schema, foreign_key);
      Finding finding = unindexed(context, relation, foreign_key, is_walked);
      if (is_walked && !is_list_of_words(schema, foreign_key))
        outcome.findings.push_back(std::move(finding));
      else
        outcome.suspicions.push_back(
            {std::move(finding),
             to_string(relation.name) + " (" + join_identifiers(foreign_key.columns) + ")"});
    }
  }
  return outcome;
}

}  // namespace

const Rule unindexed_foreign_key{
    {.id = "unindexed-foreign-key",
     .severity = Severity::medium,
     .category = "foreign-keys",
     .summary = "A foreign key that no index of its own table covers.",
     .docs = R"md(## What it does
Reports a foreign key whose rows no index finds, where a cascade looks for them: ON DELETE or ON
UPDATE with CASCADE, SET NULL or SET DEFAULT. All other foreign keys without an index become one
question.

An index covers the key where it is valid, a btree (or a hash index on a key of one column), and
begins with the key's columns in any order. A partial index covers it only where its predicate
says no more than that these columns are not null. A unique index on some of the columns covers it,
too. Columns of INCLUDE do not count, nor do keys of a collation that is not the column's. A
partitioned table is covered where each of its partitions is.

## Why it matters
PostgreSQL indexes the referenced columns, never the referencing ones. Each delete of a referenced
row then reads the whole table, and a cascade over a thousand rows reads it a thousand times.

## Example
```sql
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE lines (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE
);
```

## Use instead
```sql
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE lines (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE
);
CREATE INDEX ON lines (order_id);
```
On a table in use: `CREATE INDEX CONCURRENTLY`, outside of a transaction.

## Limits
How large the table is and how often its parents are deleted is not looked at. ON UPDATE does not
count where the referenced key is an identity, a serial or a made-up uuid, which nobody changes. A
foreign key that a `[policy.isolation]` forbids is left to `forbidden-foreign-key`, also where that is
waived.
)md",
     .question = {"foreign key has no index, so that a delete of a referenced row reads the whole "
                  "table. Should it have one?",
                  "foreign keys have no index, so that a delete of a referenced row reads the "
                  "whole table. Should they have one?",
                  "# yes: report each of them\n"
                  "[rules.unindexed-foreign-key]\n"
                  "severity = \"medium\"\n"
                  "# no: do not ask again\n"
                  "# [rules.unindexed-foreign-key]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
