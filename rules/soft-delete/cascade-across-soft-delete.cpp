#include <string>
#include <utility>
#include <vector>

#include "rules/facts/foreign_key_text.h"
#include "rules/facts/soft_delete_columns.h"
#include "rules/facts/tables.h"
#include "rules/findings/column_answers.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule cascade_across_soft_delete;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  TablesBySoftDeleteColumn suspected;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    const std::vector<SoftDeleteColumn> marks = soft_delete_columns(context, relation);
    if (marks.empty()) continue;
    for (const ForeignKey& foreign_key : relation.foreign_keys) {
      if (foreign_key.inherited) continue;
      ++outcome.checked;
      const Relation* parent = context.schema.find_relation(foreign_key.target);
      if (!parent || foreign_key.on_delete != ReferentialAction::cascade) continue;
      const std::vector<SoftDeleteColumn> of_parent = soft_delete_columns(context, *parent);
      const bool parent_keeps_rows = !of_parent.empty();
      // The policy has said of both that they mark rows: a real delete is a purge of both.
      if (marks.front().by_policy && parent_keeps_rows && of_parent.front().by_policy) continue;
      // Where the parent is marked, too, a real delete of it is a purge, which may mean both.
      const bool breach = marks.front().by_policy && !parent_keeps_rows;
      Finding finding = start_finding(context, cascade_across_soft_delete.info,
                                      constraint_of(relation, foreign_key.name), foreign_key.origin,
                                      breach ? context.policy().soft_delete->origin : Origin{});
      const std::string child_name = to_string(relation.name);
      const std::string parent_name = to_string(foreign_key.target);
      finding.message =
          parent_keeps_rows
              ? "Marking a row of " + parent_name + " as deleted leaves its rows in " + child_name +
                    " live, and deleting it destroys them: ON DELETE CASCADE of " +
                    name_of(foreign_key) + " knows real deletes only."
              : "Deleting a row of " + parent_name + " destroys its rows in " + child_name +
                    ", which are only to be marked as deleted (ON DELETE CASCADE of " +
                    name_of(foreign_key) + ").";
      finding.evidence.of(context.role) = describe(foreign_key);
      if (breach)
        outcome.findings.push_back(std::move(finding));
      else {
        suspected[marks.front().column->name].insert(relation.name);
        if (parent_keeps_rows) suspected[of_parent.front().column->name].insert(parent->name);
        outcome.suspicions.push_back({std::move(finding)});
      }
    }
  }
  outcome.answer =
      soft_delete_answer(context.schema, suspected, "no: these tables only ever mark rows",
                         "medium", "yes: do not ask again", "cascade-across-soft-delete");
  return outcome;
}

}  // namespace

const Rule cascade_across_soft_delete{
    {.id = "cascade-across-soft-delete",
     .severity = Severity::medium,
     .category = "soft-delete",
     .summary = "ON DELETE CASCADE into a table whose rows are only to be marked as deleted.",
     .docs = R"md(## What it does
Looks at foreign keys with ON DELETE CASCADE on tables that mark rows as deleted. Reports one on a
table of `[policy.soft_delete]` whose parent deletes its rows for good; those without a policy become
one question. Between two tables of the policy a cascade is a purge of both, and nothing is said.

## Why it matters
A cascade knows real deletes only. One statement on the parent destroys rows that a policy promises
to keep; and marking the parent as deleted leaves the children as they are.

## Example
```sql
CREATE TABLE folders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  folder_id bigint NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
  deleted_at timestamptz
);
CREATE INDEX ON notes (folder_id);
```
```toml
[policy.soft_delete]
tables = ["notes"]
```

## Use instead
```sql
CREATE TABLE folders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  folder_id bigint NOT NULL REFERENCES folders (id) ON DELETE RESTRICT,
  deleted_at timestamptz
);
CREATE INDEX ON notes (folder_id);
```
```toml
[policy.soft_delete]
tables = ["notes"]
```

## Limits
A cascade from a table that marks rows into one that does not is not reported: it serves the purge
of rows that were marked long ago.
)md",
     .question = {"foreign key has ON DELETE CASCADE on a table that marks rows as deleted. Is the "
                  "real delete meant?",
                  "foreign keys have ON DELETE CASCADE on tables that mark rows as deleted. Are "
                  "the real deletes meant?",
                  "# no: these tables only ever mark rows\n"
                  "[policy.soft_delete]\n"
                  "column = \"deleted_at\"\n"
                  "tables = [{tables}]\n"
                  "# yes: do not ask again\n"
                  "# [rules.cascade-across-soft-delete]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
