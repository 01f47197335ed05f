#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/predicates.h"
#include "rules/facts/private_values.h"
#include "rules/facts/soft_delete_columns.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/facts/unique_keys.h"
#include "rules/findings/column_answers.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule unique_ignores_soft_delete;

namespace {

bool reads_any(const Expression& expression, const std::vector<std::string>& names) {
  return !expression.decided || !columns_in(expression, names).empty();
}

/// Whether the key asks, in whatever way, if a row is deleted; or might.
bool minds_deletion(const Relation& relation, const UniqueKey& key,
                    const std::vector<std::string>& marks) {
  for (const std::string& mark : marks)
    if (std::find(key.columns.begin(), key.columns.end(), mark) != key.columns.end()) return true;
  if (key.predicate && reads_any(*key.predicate, marks)) return true;
  if (!key.has_expressions) return false;
  for (const Index& index : relation.indexes)
    if (index.name == key.name)
      for (const IndexKey& part : index.keys)
        if ((part.column && std::find(marks.begin(), marks.end(), *part.column) != marks.end()) ||
            (part.expression && reads_any(*part.expression, marks)))
          return true;
  return false;
}

std::string described(const UniqueKey& key) {
  return key.columns.empty() ? quote_identifier(key.name)
                             : "UNIQUE (" + join_identifiers(key.columns) + ")";
}

Fix as_partial_index(const Relation& relation, const UniqueKey& key, const SoftDeleteColumn& mark) {
  const std::string table = sql_name(relation.name), name = sql_name(key.name);
  return {FixKind::sql, "ALTER TABLE " + table + " DROP CONSTRAINT " + name +
                            ";\nCREATE UNIQUE INDEX " + name + " ON " + table + " " +
                            sql_list(key.columns) + " WHERE " + live_rows_of(mark) + ";"};
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  TablesBySoftDeleteColumn suspected;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    const std::vector<SoftDeleteColumn> marks = soft_delete_columns(context, relation);
    if (marks.empty()) continue;
    std::vector<std::string> names;
    for (const SoftDeleteColumn& mark : marks) names.push_back(mark.column->name);
    for (const UniqueKey& key : unique_keys(relation)) {
      if (key.is_primary || !key.valid) continue;
      ++outcome.checked;
      if (minds_deletion(relation, key, names) ||
          is_over_made_up_values(context.schema, relation, key.columns) ||
          is_referenced(context.schema, relation, key.columns))
        continue;
      const bool by_policy = marks.front().by_policy;
      Finding finding = start_finding(
          context, unique_ignores_soft_delete.info,
          key.is_constraint ? constraint_of(relation, key.name) : index_of(relation, key.name),
          key.origin, by_policy ? context.policy().soft_delete->origin : Origin{});
      finding.message = described(key) + " of " + to_string(relation.name) +
                        " counts deleted rows: what a row had that is marked in " +
                        quote_identifier(names.front()) + " can never be used again.";
      finding.evidence.of(context.role) = described(key);
      if (key.is_constraint && !key.deferrable && !key.nulls_not_distinct && !key.name.empty())
        finding.fix = as_partial_index(relation, key, marks.front());
      if (by_policy)
        outcome.findings.push_back(std::move(finding));
      else {
        suspected[marks.front().column->name].insert(relation.name);
        outcome.suspicions.push_back({std::move(finding)});
      }
    }
  }
  outcome.answer = soft_delete_answer(context.schema, suspected,
                                      "no: deleted rows must not count on these tables", "medium",
                                      "yes: do not ask again", "unique-ignores-soft-delete");
  return outcome;
}

}  // namespace

const Rule unique_ignores_soft_delete{
    {.id = "unique-ignores-soft-delete",
     .severity = Severity::medium,
     .category = "soft-delete",
     .summary = "A unique key that counts rows which are marked as deleted.",
     .docs = R"md(## What it does
Looks at the unique constraints and unique indexes of tables that mark rows as deleted. On tables of
`[policy.soft_delete]` reports each that holds for deleted rows, too; on tables that only have a
column such as `deleted_at` or `is_deleted` they become one question.

## Why it matters
A deleted row keeps its e-mail address, its slug, its place: the user who comes back gets a unique
violation for a row that nobody sees.

## Example
```sql
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  deleted_at timestamptz
);
```
```toml
[policy.soft_delete]
tables = ["users"]
```

## Use instead
```sql
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX users_email_key ON users (email) WHERE deleted_at IS NULL;
```
```toml
[policy.soft_delete]
tables = ["users"]
```

## Limits
Left out are primary keys and what holds one, keys that a foreign key refers to (a partial index
cannot be its target), and keys over values that nobody chooses: generated ones, uuids, columns
named token, hash, digest. A key whose predicate or expressions read the column counts as minding
it. `ON CONFLICT` has to repeat the predicate of a partial index.
)md",
     .question = {"unique key counts rows that are marked as deleted. May what they had never be "
                  "used again?",
                  "unique keys count rows that are marked as deleted. May what they had never be "
                  "used again?",
                  "# no: deleted rows must not count on these tables\n"
                  "[policy.soft_delete]\n"
                  "column = \"deleted_at\"\n"
                  "tables = [{tables}]\n"
                  "# yes: do not ask again\n"
                  "# [rules.unique-ignores-soft-delete]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
