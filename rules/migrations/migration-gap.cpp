#include "rules/findings/chain_findings.h"

namespace schemaudit {

extern const Rule migration_gap;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_faults(context, migration_gap.info, ChainFaultKind::gap);
}

}  // namespace

const Rule migration_gap{
    {.id = "migration-gap",
     .severity = Severity::medium,
     .category = "migrations",
     .needs = {Role::declared},
     .summary = "A number is missing in a chain of migrations that are numbered one by one.",
     .docs = R"md(## What it does
Where the files of a folder are numbered one by one, reports a number that no file has.

## Why it matters
The file is often still on a branch, or was deleted after it ran somewhere: the databases that ran it differ
from those that did not.

## Example
```sql migrations/001_users.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/002_bills.sql
CREATE TABLE bills (id bigint PRIMARY KEY);
```
```sql migrations/004_notes.sql
CREATE TABLE entries (id bigint PRIMARY KEY);
```

## Use instead
```sql migrations/001_users.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/002_bills.sql
CREATE TABLE bills (id bigint PRIMARY KEY);
```
```sql migrations/003_notes.sql
CREATE TABLE entries (id bigint PRIMARY KEY);
```

## Limits
Numbers of more than five digits are taken for dates, and numbers with many gaps for steps of ten.
)md"},
    check};

}  // namespace schemaudit
