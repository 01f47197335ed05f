#include <string>
#include <utility>

#include "rules/facts/foreign_key_text.h"
#include "rules/facts/referential_actions.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/facts/unmatched_tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule append_only_cascade;

namespace {

std::string consequence(const ForeignKey& foreign_key) {
  if (foreign_key.on_delete == ReferentialAction::cascade)
    return "its rows vanish when a row there is deleted";
  return changes_rows(foreign_key.on_delete) ? "its rows change when a row there is deleted"
                                             : "its rows change when a key there changes";
}

Fix without_actions(const Relation& relation, const ForeignKey& foreign_key) {
  ForeignKey harmless = foreign_key;
  if (changes_rows(harmless.on_delete)) {
    harmless.on_delete = ReferentialAction::no_action;
    harmless.on_delete_columns.clear();
  }
  if (changes_rows(harmless.on_update)) harmless.on_update = ReferentialAction::no_action;
  const std::string name = sql_name(foreign_key.name);
  return {FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " DROP CONSTRAINT " + name +
                            ", ADD CONSTRAINT " + name + " " + describe(harmless) + ";"};
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<AppendOnlyPolicy>& policy = context.policy().append_only;
  if (!policy) {
    outcome.not_run = "no [policy.append_only] in the config";
    return outcome;
  }
  ask_of_unmatched(append_only_cascade.info, context.schema, policy->tables, "policy.append_only",
                   outcome);
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation) || !policy->tables.matches(relation.name)) continue;
    for (const ForeignKey& foreign_key : relation.foreign_keys) {
      if (foreign_key.inherited) continue;
      ++outcome.checked;
      if (!changes_rows(foreign_key.on_delete) && !changes_rows(foreign_key.on_update)) continue;
      Finding finding = start_finding(context, append_only_cascade.info,
                                      constraint_of(relation, foreign_key.name), foreign_key.origin,
                                      policy->origin);
      finding.message = "Foreign key " + name_of(foreign_key) + " ties the append-only " +
                        to_string(relation.name) + " to " + to_string(foreign_key.target) + ": " +
                        consequence(foreign_key) + ".";
      finding.evidence.of(context.role) = describe(foreign_key);
      if (!foreign_key.name.empty()) finding.fix = without_actions(relation, foreign_key);
      outcome.findings.push_back(std::move(finding));
    }
  }
  return outcome;
}

}  // namespace

const Rule append_only_cascade{
    {.id = "append-only-cascade",
     .severity = Severity::high,
     .category = "append-only",
     .needs_policy = true,
     .summary = "A foreign key whose action changes or deletes rows of an append-only table.",
     .docs = R"md(## What it does
For tables of `[policy.append_only]`, reports foreign keys with ON DELETE CASCADE, SET NULL or SET
DEFAULT, and ON UPDATE with one of these.

## Why it matters
The action runs with the rights of the table's owner: a role that may not touch the audit trail
empties it by deleting the rows that it refers to.

## Example
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE audit_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX ON audit_entries (user_id);
```
```toml
[policy.append_only]
tables = ["audit_entries"]
```

## Use instead
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE audit_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint REFERENCES users (id) ON DELETE RESTRICT
);
CREATE INDEX ON audit_entries (user_id);
```
```toml
[policy.append_only]
tables = ["audit_entries"]
```

## Limits
Triggers that change rows are not looked at. Where the parent's rows have to go, a column without a
foreign key keeps what the trail says.
)md"},
    check};

}  // namespace schemaudit
