#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule constraint_scans_table;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::add_constraint || each.table_is_new || change.not_valid) return {};
  const std::string start = "Constraint " + quote_identifier(change.object.name) +
                            " is added to the existing table " + table_named(change) +
                            " without NOT VALID: ";
  if (change.constraint == ConstraintType::check)
    return start + "all rows are read while nobody can use the table.";
  // NOT VALID does not work on a partitioned table; a column without values needs no look.
  if (change.constraint == ConstraintType::foreign_key && !change.on_partitioned &&
      !each.follows_new_column)
    return start + "all rows are read while nobody can write to it or to " +
           to_string(change.target.value_or(QualifiedName{})) + ".";
  return {};
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, constraint_scans_table.info, look);
}

}  // namespace

const Rule constraint_scans_table{
    {.id = "constraint-scans-table",
     .severity = Severity::low,
     .category = "hazards",
     .profile = Profile::strict,
     .needs = {Role::declared},
     .summary = "A CHECK or foreign key is put on an existing table without NOT VALID.",
     .docs = R"md(## What it does
Reports a CHECK or foreign key that is added without NOT VALID to a table that an earlier migration made.

## Why it matters
PostgreSQL reads every row to see whether it fits, a CHECK under ACCESS EXCLUSIVE (nobody reads or writes), a foreign
key under SHARE ROW EXCLUSIVE on both tables (nobody writes). Added NOT VALID it holds the lock for a moment only, and
VALIDATE CONSTRAINT, in a transaction of its own, lets reads and writes go on.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users ADD CONSTRAINT users_email_check CHECK (email LIKE '%@%');
```
```toml
[rules.constraint-scans-table]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users ADD CONSTRAINT users_email_check CHECK (email LIKE '%@%') NOT VALID;
```
```sql migrations/3_step.sql
ALTER TABLE users VALIDATE CONSTRAINT users_email_check;
```
```toml
[rules.constraint-scans-table]
severity = "low"
```

## Limits
Of a foreign key on a column that the same migration adds nothing is said, nor of one on a partitioned table, where
PostgreSQL 15 takes no NOT VALID.
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
