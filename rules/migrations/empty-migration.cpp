#include <string>

#include "rules/findings/chain_findings.h"

namespace schemaudit {

extern const Rule empty_migration;

namespace {

std::string look(const MigrationChain&, const MigrationStep& step) {
  if (!step.up.empty) return {};
  return "Migration " + step.version +
         " holds no statement: it counts as applied and does nothing.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_steps(context, empty_migration.info, look);
}

}  // namespace

const Rule empty_migration{{.id = "empty-migration",
                            .severity = Severity::low,
                            .category = "migrations",
                            .needs = {Role::declared},
                            .summary = "A migration that holds no statement.",
                            .docs = R"md(## What it does
Reports a migration whose way up holds no statement.

## Why it matters
A placeholder was never filled in, or its content was lost in a merge; in the tool's own table it counts
as applied all the same.

## Example
```sql migrations/1_users.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/2_bills.sql
-- to be written
```

## Use instead
```sql migrations/1_users.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/2_bills.sql
CREATE TABLE bills (id bigint PRIMARY KEY);
```

## Limits
Whether a way back holds anything is told by `missing-way-back`.
)md"},
                           check};

}  // namespace schemaudit
