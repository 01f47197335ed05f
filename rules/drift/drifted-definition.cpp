#include "rules/findings/drift_findings.h"

namespace schemaudit {

extern const Rule drifted_definition;

namespace {

RuleOutcome check(const RuleContext& context) {
  return drift_findings(context, drifted_definition.info, Drift::drifted);
}

}  // namespace

const Rule drifted_definition{{.id = "drifted-definition",
                               .severity = Severity::high,
                               .category = "drift",
                               .needs = {Role::declared, Role::live},
                               .summary = "What is declared and live, but not the same.",
                               .docs = R"md(## What it does
Reports each fact of an object that SQL files or migrations and the live database both have, and
that differs: a column's type, a default, a constraint's definition, an index's keys, a function's
body. Where the docs side with one of the two, the other is named as behind.

## Why it matters
Every environment that is built from the files behaves otherwise than the one that is audited.

## Example
```sql declared
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
```
```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text);
```

## Use instead
```sql declared
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
```
```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
```

## Limits
Meaning is compared, not text. Expressions of which nobody can tell whether they mean the same are
counted and are no finding; `--scratch` settles them.
)md"},
                              check};

}  // namespace schemaudit
