#include <string>

#include "rules/findings/chain_findings.h"

namespace schemaudit {

extern const Rule missing_way_back;

namespace {

/// Whether this team writes ways back: at least half of its steps have one.
bool are_usual(const MigrationChain& chain) {
  std::size_t with = 0, steps = 0;
  for (const MigrationStep& step : chain.steps) {
    if (step.repeatable || step.up.empty) continue;
    ++steps;
    with += step.down && !step.down->empty ? 1 : 0;
  }
  return with > 0 && with * 2 >= steps;
}

std::string look(const MigrationChain& chain, const MigrationStep& step) {
  if (step.repeatable || step.up.empty || !are_usual(chain)) return {};
  if (!step.down) return "Nothing leads back from migration " + step.version + ".";
  if (step.down->empty)
    return "The way back from migration " + step.version + " holds no statement.";
  return {};
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_steps(context, missing_way_back.info, look);
}

}  // namespace

const Rule missing_way_back{
    {.id = "missing-way-back",
     .severity = Severity::medium,
     .category = "migrations",
     .needs = {Role::declared},
     .summary = "A migration without a way back, in a folder whose others have one.",
     .docs = R"md(## What it does
For tools whose migrations have two directions, reports a migration that lacks its way back or whose way
back holds no statement, where at least half of the others have one.

## Why it matters
When a release has to be taken back, the chain stops at this step.

## Example
```sql migrations/1_users.up.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/1_users.down.sql
DROP TABLE users;
```
```sql migrations/2_bills.up.sql
CREATE TABLE bills (id bigint PRIMARY KEY);
```
```sql migrations/2_bills.down.sql
DROP TABLE bills;
```
```sql migrations/3_marks.up.sql
CREATE TABLE marks (id bigint PRIMARY KEY);
```

## Use instead
```sql migrations/1_users.up.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/1_users.down.sql
DROP TABLE users;
```
```sql migrations/2_bills.up.sql
CREATE TABLE bills (id bigint PRIMARY KEY);
```
```sql migrations/2_bills.down.sql
DROP TABLE bills;
```
```sql migrations/3_marks.up.sql
CREATE TABLE marks (id bigint PRIMARY KEY);
```
```sql migrations/3_marks.down.sql
DROP TABLE marks;
```

## Limits
Whether the way back restores what was there is not looked at. Prisma and Supabase have no ways back.
)md"},
    check};

}  // namespace schemaudit
