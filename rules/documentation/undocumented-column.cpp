#include "rules/findings/disagreement_findings.h"

namespace schemaudit {

extern const Rule undocumented_column;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, undocumented_column.info,
                     {.aspects = {Aspect::column_unstated}, .behind = Behind::docs});
}

}  // namespace

const Rule undocumented_column{
    {.id = "undocumented-column",
     .severity = Severity::medium,
     .category = "documentation",
     .needs = {Role::documented},
     .needs_built = true,
     .summary = "A column that a complete description of its table leaves out.",
     .docs = R"md(## What it does
Reports each column of a live table that the docs of that table do not state, where those docs
claim to be complete: a `CREATE TABLE`, a column table, or a list whose every bullet begins with
a column name.

## Why it matters
A column that the docs lack is a column that reviews of the docs never see, and often the newest
one.

## Example
````markdown docs/users.md
# users

| Column | Type |
|---|---|
| id | bigint |
````
```sql
CREATE TABLE users (id bigint, phone text);
```

## Use instead
````markdown docs/users.md
# users

| Column | Type |
|---|---|
| id | bigint |
| phone | text |
````
```sql
CREATE TABLE users (id bigint, phone text);
```

## Limits
Prose that mentions some columns claims nothing of the others, so none is reported for it.
)md"},
    check};

}  // namespace schemaudit
