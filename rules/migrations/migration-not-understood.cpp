#include "rules/findings/chain_findings.h"

namespace schemaudit {

extern const Rule migration_not_understood;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_faults(context, migration_not_understood.info, ChainFaultKind::not_understood);
}

}  // namespace

const Rule migration_not_understood{
    {.id = "migration-not-understood",
     .severity = Severity::medium,
     .category = "migrations",
     .needs = {Role::declared},
     .summary = "A file or directive that the migration tool would pass over or refuse.",
     .docs = R"md(## What it does
Reports files of the folder that the tool does not take for migrations by their names, and directives
that it does not know.

## Why it matters
A tool that passes over a file without a word leaves a database without a change that everybody
believes to be there.

## Example
```sql migrations/V1__users.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/V2_bills.sql
CREATE TABLE bills (id bigint PRIMARY KEY);
```

## Use instead
```sql migrations/V1__users.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/V2__bills.sql
CREATE TABLE bills (id bigint PRIMARY KEY);
```

## Limits
Prefixes and suffixes that a tool's own settings change are not known here.
)md"},
    check};

}  // namespace schemaudit
