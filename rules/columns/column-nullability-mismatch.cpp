#include "rules/findings/disagreement_findings.h"

namespace schemaudit {

extern const Rule column_nullability_mismatch;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, column_nullability_mismatch.info,
                     {.aspects = {Aspect::column_nullability}});
}

}  // namespace

const Rule column_nullability_mismatch{
    {.id = "column-nullability-mismatch",
     .severity = Severity::high,
     .category = "columns",
     .needs_claims = true,
     .needs_built = true,
     .summary = "The docs and the schema differ on whether a column may be null.",
     .docs = R"md(## What it does
Compares NOT NULL of each column where the docs state it.

## Why it matters
A program that trusts a documented NOT NULL breaks on the first null; one that does not writes
nulls that are refused.

## Example
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text);
```

## Use instead
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
```

## Limits
A column table that has no column for nullability, and a list that does not mention it, claim
nothing. SQL claims it always.
)md"},
    check};

}  // namespace schemaudit
