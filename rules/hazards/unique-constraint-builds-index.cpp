#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule unique_constraint_builds_index;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  const bool key = change.constraint == ConstraintType::unique ||
                   change.constraint == ConstraintType::primary_key;
  if (change.kind != ChangeKind::add_constraint || !key || each.table_is_new || change.uses_index ||
      change.on_partitioned)
    return {};
  return "Constraint " + quote_identifier(change.object.name) +
         " builds its index while nobody can use the existing table " + table_named(change) + ".";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, unique_constraint_builds_index.info, look);
}

}  // namespace

const Rule unique_constraint_builds_index{
    {.id = "unique-constraint-builds-index",
     .severity = Severity::low,
     .category = "hazards",
     .profile = Profile::strict,
     .needs = {Role::declared},
     .summary = "UNIQUE or PRIMARY KEY is put on an existing table without USING INDEX.",
     .docs = R"md(## What it does
Reports ADD UNIQUE and ADD PRIMARY KEY without USING INDEX on a table that an earlier migration made.

## Why it matters
The index is built under an ACCESS EXCLUSIVE lock: nobody reads or writes until it is there. A unique index that was
built CONCURRENTLY can be made the constraint in a moment.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);
```
```toml
[rules.unique-constraint-builds-index]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);
```
```sql migrations/3_step.sql
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;
```
```toml
[rules.unique-constraint-builds-index]
severity = "low"
```

## Limits
A partitioned table cannot take an index over, and this rule says nothing of it.
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
