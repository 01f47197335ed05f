#include "rules/findings/disagreement_findings.h"

namespace schemaudit {

extern const Rule likely_renamed_table;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, likely_renamed_table.info, {.aspects = {Aspect::table_renamed}});
}

}  // namespace

const Rule likely_renamed_table{
    {.id = "likely-renamed-table",
     .severity = Severity::medium,
     .category = "documentation",
     .needs = {Role::documented},
     .needs_built = true,
     .summary = "A documented table and an undocumented live one that are probably the same.",
     .docs = R"md(## What it does
Where a documented table is absent and an undocumented live one has its columns, reports one
rename instead of an absent and an undocumented table.

## Why it matters
The docs need one word changed, and nobody has to fear for the rows.

## Example
````markdown docs/posts.md
# articles

```sql
CREATE TABLE articles (
  id bigint PRIMARY KEY, headline text NOT NULL, body text, published_at timestamptz
);
```
````
```sql
CREATE TABLE posts (
  id bigint PRIMARY KEY, headline text NOT NULL, body text, published_at timestamptz
);
```

## Use instead
````markdown docs/posts.md
# posts

```sql
CREATE TABLE posts (
  id bigint PRIMARY KEY, headline text NOT NULL, body text, published_at timestamptz
);
```
````
```sql
CREATE TABLE posts (
  id bigint PRIMARY KEY, headline text NOT NULL, body text, published_at timestamptz
);
```

## Limits
Tables of few or commonplace columns (`id`, `name`) are not paired.
)md"},
    check};

}  // namespace schemaudit
