#include "rules/findings/disagreement_findings.h"
#include "rules/findings/documented_fix.h"

namespace schemaudit {

extern const Rule index_mismatch;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, index_mismatch.info,
                     {.aspects = {Aspect::index}, .fix = fix_absent_index});
}

}  // namespace

const Rule index_mismatch{{.id = "index-mismatch",
                           .severity = Severity::medium,
                           .category = "indexes",
                           .needs_claims = true,
                           .needs_built = true,
                           .summary = "The docs and the schema differ on an index.",
                           .docs = R"md(## What it does
Reports a documented index that the live table lacks or has differently, and a live one that the
docs leave out although they list the indexes of that table.

## Why it matters
A query that the docs call fast is not, or every write pays for an index nobody knows of.

## Example
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE notes (id bigint PRIMARY KEY, title text);
CREATE INDEX notes_title_idx ON notes (title);
```
````
```sql
CREATE TABLE notes (id bigint PRIMARY KEY, title text);
```

## Use instead
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE notes (id bigint PRIMARY KEY, title text);
CREATE INDEX notes_title_idx ON notes (title);
```
````
```sql
CREATE TABLE notes (id bigint PRIMARY KEY, title text);
CREATE INDEX notes_title_idx ON notes (title);
```

## Limits
Docs that list no index of a table say nothing about its indexes. Indexes that carry out a
constraint belong to that constraint.
)md"},
                          check};

}  // namespace schemaudit
