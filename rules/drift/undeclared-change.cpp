#include "rules/findings/drift_findings.h"

namespace schemaudit {

extern const Rule undeclared_change;

namespace {

RuleOutcome check(const RuleContext& context) {
  return drift_findings(context, undeclared_change.info, Drift::undeclared);
}

}  // namespace

const Rule undeclared_change{
    {.id = "undeclared-change",
     .severity = Severity::high,
     .category = "drift",
     .needs = {Role::declared, Role::live},
     .summary = "What the live database has, and no SQL file or migration declares.",
     .docs = R"md(## What it does
Compares the live database with what the SQL files or migrations build. What only the database has
is reported.

## Why it matters
Somebody changed the database by hand. A new environment that is built from the files lacks it, and
the next migration may fail on it.

## Example
```sql declared
CREATE TABLE users (id bigint PRIMARY KEY, email text);
```
```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE INDEX users_email ON users (email);
```

## Use instead
```sql declared
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE INDEX users_email ON users (email);
```
```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE INDEX users_email ON users (email);
```

## Limits
Tables that migration tools keep for themselves, objects of extensions and what `[scope]` leaves
out are not looked at. Owners are not compared, nor grants on tables of which the files grant
nothing. See `unapplied-change` for the rest.
)md"},
    check};

}  // namespace schemaudit
