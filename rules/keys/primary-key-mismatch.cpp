#include "rules/findings/disagreement_findings.h"

namespace schemaudit {

extern const Rule primary_key_mismatch;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, primary_key_mismatch.info, {.aspects = {Aspect::primary_key}});
}

}  // namespace

const Rule primary_key_mismatch{{.id = "primary-key-mismatch",
                                 .severity = Severity::high,
                                 .category = "keys",
                                 .needs_claims = true,
                                 .needs_built = true,
                                 .summary = "The docs and the schema differ on a primary key.",
                                 .docs = R"md(## What it does
Compares the columns of each primary key that the docs state, and reports one that either side
lacks.

## Why it matters
The primary key says what a row is; upserts and foreign keys rely on it.

## Example
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE members (team bigint, person bigint, PRIMARY KEY (team, person));
```
````
```sql
CREATE TABLE members (team bigint NOT NULL, person bigint PRIMARY KEY);
```

## Use instead
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE members (team bigint, person bigint, PRIMARY KEY (team, person));
```
````
```sql
CREATE TABLE members (team bigint, person bigint, PRIMARY KEY (team, person));
```

## Limits
The order of the columns counts. A difference in the name alone is info.
)md"},
                                check};

}  // namespace schemaudit
