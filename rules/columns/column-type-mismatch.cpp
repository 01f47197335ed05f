#include "rules/findings/disagreement_findings.h"

namespace schemaudit {

extern const Rule column_type_mismatch;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, column_type_mismatch.info,
                     {.aspects = {Aspect::column_type, Aspect::column_collation}});
}

}  // namespace

const Rule column_type_mismatch{{.id = "column-type-mismatch",
                                 .severity = Severity::high,
                                 .category = "columns",
                                 .needs_claims = true,
                                 .needs_built = true,
                                 .summary = "A documented column type that is not the live one.",
                                 .docs = R"md(## What it does
Compares the type, and the collation where it is stated, of each documented column with the live one.

## Why it matters
Programs written from the docs overflow, truncate or cast; or a migration was not applied.

## Example
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE users (id bigint PRIMARY KEY, age smallint);
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY, age integer);
```

## Use instead
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE users (id bigint PRIMARY KEY, age integer);
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY, age integer);
```

## Limits
Types are compared as PostgreSQL names them, so `DECIMAL(10,2)` is `numeric(10,2)`. A table cell
that says `varchar` does not deny a length.
)md"},
                                check};

}  // namespace schemaudit
