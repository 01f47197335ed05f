#include "rules/findings/disagreement_findings.h"

namespace schemaudit {

extern const Rule enum_mismatch;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, enum_mismatch.info, {.aspects = {Aspect::enum_labels}});
}

}  // namespace

const Rule enum_mismatch{{.id = "enum-mismatch",
                          .severity = Severity::high,
                          .category = "checks",
                          .needs_claims = true,
                          .needs_built = true,
                          .summary = "The docs and the schema differ on the labels of an enum.",
                          .docs = R"md(## What it does
Compares the labels of each enum that the docs state, or the values they list for a column of an
enum type, with the live labels.

## Why it matters
A label that the docs lack is a state nobody handles; one that the database lacks is refused.

## Example
````markdown docs/schema.md
# Schema

```sql
CREATE TYPE mood AS ENUM ('sad', 'glad');
```
````
```sql
CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
CREATE TABLE people (mood mood);
```

## Use instead
````markdown docs/schema.md
# Schema

```sql
CREATE TYPE mood AS ENUM ('sad', 'glad');
```
````
```sql
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE people (mood mood);
```

## Limits
The order of labels counts, since PostgreSQL sorts by it, where the docs state it in SQL.
)md"},
                         check};

}  // namespace schemaudit
