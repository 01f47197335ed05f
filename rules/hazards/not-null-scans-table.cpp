#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule not_null_scans_table;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::set_not_null || change.object.kind != "column" ||
      each.table_is_new || change.proved_by_check)
    return {};
  return "SET NOT NULL on " + column_named(change) +
         " reads all rows while nobody can use the table: no valid CHECK says so before.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, not_null_scans_table.info, look);
}

}  // namespace

const Rule not_null_scans_table{
    {.id = "not-null-scans-table",
     .severity = Severity::low,
     .category = "hazards",
     .profile = Profile::strict,
     .needs = {Role::declared},
     .summary = "SET NOT NULL on an existing table without a CHECK that proves it.",
     .docs = R"md(## What it does
Reports SET NOT NULL on a table that an earlier migration made, where no valid CHECK (column IS NOT NULL) is there.

## Why it matters
PostgreSQL reads every row under an ACCESS EXCLUSIVE lock. With such a CHECK, added NOT VALID and validated before, it
takes the CHECK for proof and reads nothing (from version 12 on).

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
UPDATE users SET plan = 'free' WHERE plan IS NULL;
ALTER TABLE users ALTER COLUMN plan SET NOT NULL;
```
```toml
[rules.not-null-scans-table]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
UPDATE users SET plan = 'free' WHERE plan IS NULL;
ALTER TABLE users ADD CONSTRAINT plan_is_there CHECK (plan IS NOT NULL) NOT VALID;
```
```sql migrations/3_step.sql
ALTER TABLE users VALIDATE CONSTRAINT plan_is_there;
```
```sql migrations/4_step.sql
ALTER TABLE users ALTER COLUMN plan SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT plan_is_there;
```
```toml
[rules.not-null-scans-table]
severity = "low"
```

## Limits
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
