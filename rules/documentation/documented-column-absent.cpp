#include "rules/findings/disagreement_findings.h"

namespace schemaudit {

extern const Rule documented_column_absent;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, documented_column_absent.info, {.aspects = {Aspect::column_absent}});
}

}  // namespace

const Rule documented_column_absent{{.id = "documented-column-absent",
                                     .severity = Severity::high,
                                     .category = "documentation",
                                     .needs = {Role::documented},
                                     .needs_built = true,
                                     .summary = "A column that the docs state and its table lacks.",
                                     .docs = R"md(## What it does
Reports each documented column that its live table does not have.

## Why it matters
Queries and programs written from the docs fail on it; or a migration was not applied.

## Example
````markdown docs/users.md
# users

| Column | Type |
|---|---|
| id | bigint |
| timezone | text |
````
```sql
CREATE TABLE users (id bigint);
```

## Use instead
````markdown docs/users.md
# users

| Column | Type |
|---|---|
| id | bigint |
````
```sql
CREATE TABLE users (id bigint);
```

## Limits
Keys, checks and indexes on an absent column are folded into this finding.
)md"},
                                    check};

}  // namespace schemaudit
