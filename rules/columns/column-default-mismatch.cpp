#include "rules/findings/disagreement_findings.h"

namespace schemaudit {

extern const Rule column_default_mismatch;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, column_default_mismatch.info, {.aspects = {Aspect::column_default}});
}

}  // namespace

const Rule column_default_mismatch{
    {.id = "column-default-mismatch",
     .severity = Severity::medium,
     .category = "columns",
     .needs_claims = true,
     .needs_built = true,
     .summary = "The docs and the schema differ on a default, identity or generated column.",
     .docs = R"md(## What it does
Compares defaults, identity and generated expressions of columns where the docs state them.

## Why it matters
Rows get other values than the reader expects.

## Example
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE jobs (id bigint PRIMARY KEY, tries integer DEFAULT 3);
```
````
```sql
CREATE TABLE jobs (id bigint PRIMARY KEY, tries integer DEFAULT 5);
```

## Use instead
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE jobs (id bigint PRIMARY KEY, tries integer DEFAULT 5);
```
````
```sql
CREATE TABLE jobs (id bigint PRIMARY KEY, tries integer DEFAULT 5);
```

## Limits
Expressions are compared by meaning: `now()` is CURRENT_TIMESTAMP. What cannot be decided is
counted as undecided, never reported.
)md"},
    check};

}  // namespace schemaudit
