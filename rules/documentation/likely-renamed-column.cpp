#include "rules/findings/disagreement_findings.h"

namespace schemaudit {

extern const Rule likely_renamed_column;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, likely_renamed_column.info, {.aspects = {Aspect::column_renamed}});
}

}  // namespace

const Rule likely_renamed_column{
    {.id = "likely-renamed-column",
     .severity = Severity::medium,
     .category = "documentation",
     .needs = {Role::documented},
     .needs_built = true,
     .summary = "A documented column and an undocumented live one that are probably the same.",
     .docs = R"md(## What it does
Where a documented column is absent and the live table has an undocumented one of the same type
with a similar name or the same place, reports one rename instead of two disagreements.

## Why it matters
A rename that the docs did not follow is mended by one word; told as a lost column and a new
one, it looks like lost data.

## Example
````markdown docs/users.md
# users

```sql
CREATE TABLE users (id bigint PRIMARY KEY, email_adress text NOT NULL);
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY, email_address text NOT NULL);
```

## Use instead
````markdown docs/users.md
# users

```sql
CREATE TABLE users (id bigint PRIMARY KEY, email_address text NOT NULL);
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY, email_address text NOT NULL);
```

## Limits
Likely is not certain: where two columns could be meant, both are told as absent and undocumented.
)md"},
    check};

}  // namespace schemaudit
