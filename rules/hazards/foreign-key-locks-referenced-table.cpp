#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule foreign_key_locks_referenced_table;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::add_constraint || !change.target || each.target_is_new ||
      change.constraint != ConstraintType::foreign_key)
    return {};
  const QualifiedName table{change.object.schema, change.object.table};
  if (*change.target == table || (!each.table_is_new && !each.follows_new_column)) return {};
  return "Foreign key " + quote_identifier(change.object.name) + " of " + to_string(table) +
         " locks the existing table " + to_string(*change.target) +
         ": nobody can write to it until the transaction ends.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, foreign_key_locks_referenced_table.info, look);
}

}  // namespace

const Rule foreign_key_locks_referenced_table{
    {.id = "foreign-key-locks-referenced-table",
     .severity = Severity::low,
     .category = "hazards",
     .profile = Profile::strict,
     .needs = {Role::declared},
     .summary = "A new table or column refers to an existing table, which is locked for it.",
     .docs = R"md(## What it does
Reports a foreign key of a new table, or of a column that the migration adds, to a table that an earlier migration
made.

## Why it matters
It takes a SHARE ROW EXCLUSIVE lock on the table that it refers to, until the transaction ends: nobody can write to
that table meanwhile. People forget it, because the statement is about another table.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/2_step.sql
CREATE TABLE bills (id bigint PRIMARY KEY, payer bigint REFERENCES users);
CREATE INDEX ON bills (payer);
```
```toml
[rules.foreign-key-locks-referenced-table]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/2_step.sql
CREATE TABLE bills (id bigint PRIMARY KEY, payer bigint);
CREATE INDEX ON bills (payer);
```
```sql migrations/3_step.sql
ALTER TABLE bills ADD FOREIGN KEY (payer) REFERENCES users NOT VALID;
```
```toml
[rules.foreign-key-locks-referenced-table]
severity = "low"
```

## Limits
The lock is short where the transaction is: a migration of its own, with a lock_timeout, is enough. A key that is added
to existing columns is the matter of `constraint-scans-table`.
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
