#include "rules/findings/disagreement_findings.h"
#include "rules/findings/documented_fix.h"

namespace schemaudit {

extern const Rule check_constraint_mismatch;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, check_constraint_mismatch.info,
                     {.aspects = {Aspect::check_constraint}, .fix = fix_absent_check});
}

}  // namespace

const Rule check_constraint_mismatch{
    {.id = "check-constraint-mismatch",
     .severity = Severity::high,
     .category = "checks",
     .needs_claims = true,
     .needs_built = true,
     .summary = "The docs and the schema differ on a CHECK constraint.",
     .docs = R"md(## What it does
Reports a documented CHECK, or a documented list of values, that the live table lacks or has
differently, and a live CHECK that a complete description of the table leaves out.

## Why it matters
The database accepts what the docs rule out, or refuses what they allow.

## Example
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE users (id bigint PRIMARY KEY, plan text CHECK (plan IN ('free', 'plus', 'pro')));
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY, plan text CHECK (plan IN ('free', 'plus')));
```

## Use instead
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE users (id bigint PRIMARY KEY, plan text CHECK (plan IN ('free', 'plus')));
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY, plan text CHECK (plan IN ('plus', 'free')));
```

## Limits
Expressions are compared by meaning; what cannot be decided is counted as undecided. A
documented list of values without any CHECK is reported by `status-without-check`.
)md"},
    check};

}  // namespace schemaudit
