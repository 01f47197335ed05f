#include "rules/findings/chain_findings.h"

namespace schemaudit {

extern const Rule duplicate_migration_version;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_faults(context, duplicate_migration_version.info,
                            ChainFaultKind::duplicate_version);
}

}  // namespace

const Rule duplicate_migration_version{{.id = "duplicate-migration-version",
                                        .severity = Severity::high,
                                        .category = "migrations",
                                        .needs = {Role::declared},
                                        .summary = "Two migrations have the same version.",
                                        .docs = R"md(## What it does
Reports a version that two migrations of the folder have.

## Why it matters
Two branches took the same number. Which of the two runs first, or at all, depends on the tool: some
refuse the folder, others remember one version and pass over the second file.

## Example
```sql migrations/1_users.up.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/2_bills.up.sql
CREATE TABLE bills (id bigint PRIMARY KEY);
```
```sql migrations/2_marks.up.sql
CREATE TABLE marks (id bigint PRIMARY KEY);
```

## Use instead
```sql migrations/1_users.up.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/2_bills.up.sql
CREATE TABLE bills (id bigint PRIMARY KEY);
```
```sql migrations/3_marks.up.sql
CREATE TABLE marks (id bigint PRIMARY KEY);
```

## Limits
Prisma and repeatable migrations have names in place of versions.
)md"},
                                       check};

}  // namespace schemaudit
