#include "rules/findings/drift_findings.h"

namespace schemaudit {

extern const Rule unapplied_change;

namespace {

RuleOutcome check(const RuleContext& context) {
  return drift_findings(context, unapplied_change.info, Drift::unapplied);
}

}  // namespace

const Rule unapplied_change{
    {.id = "unapplied-change",
     .severity = Severity::high,
     .category = "drift",
     .needs = {Role::declared, Role::live},
     .summary = "What SQL files or migrations declare, and the live database lacks.",
     .docs = R"md(## What it does
Compares what the SQL files or migrations build with the live database. What only they have is
reported, at the line that makes it: a table, a column, a constraint, an index, a type, a function,
a trigger, a policy, a comment. Where a whole table is absent, nothing is said of its columns.

## Why it matters
The code that was written against the declared schema runs against a database without it.

## Example
```sql declared
CREATE TABLE users (id bigint PRIMARY KEY, phone text);
```
```sql
CREATE TABLE users (id bigint PRIMARY KEY);
```

## Use instead
```sql declared
CREATE TABLE users (id bigint PRIMARY KEY, phone text);
```
```sql
CREATE TABLE users (id bigint PRIMARY KEY, phone text);
```

## Limits
Owners are not compared, nor grants on tables of which the files grant nothing. What could not be
decided, or what an unanalysed statement may have made, is no finding; the report counts it.
)md"},
    check};

}  // namespace schemaudit
