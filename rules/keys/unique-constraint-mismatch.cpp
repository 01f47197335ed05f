#include "rules/findings/disagreement_findings.h"
#include "rules/findings/documented_fix.h"

namespace schemaudit {

extern const Rule unique_constraint_mismatch;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, unique_constraint_mismatch.info,
                     {.aspects = {Aspect::unique_constraint}, .fix = fix_absent_unique});
}

}  // namespace

const Rule unique_constraint_mismatch{
    {.id = "unique-constraint-mismatch",
     .severity = Severity::high,
     .category = "keys",
     .needs_claims = true,
     .needs_built = true,
     .summary = "The docs and the schema differ on a unique constraint.",
     .docs = R"md(## What it does
Reports a documented unique constraint that the live table lacks or has differently, and a live
one that a complete description of the table leaves out.

## Why it matters
Without it, duplicates are already on their way in.

## Example
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text);
```

## Use instead
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
```

## Limits
A unique index without a predicate over the same columns is as good as the constraint. The fix
fails where duplicates exist already.
)md"},
    check};

}  // namespace schemaudit
