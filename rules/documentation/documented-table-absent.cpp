#include "rules/findings/disagreement_findings.h"

namespace schemaudit {

extern const Rule documented_table_absent;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, documented_table_absent.info, {.aspects = {Aspect::table_absent}});
}

}  // namespace

const Rule documented_table_absent{{.id = "documented-table-absent",
                                    .severity = Severity::high,
                                    .category = "documentation",
                                    .needs = {Role::documented},
                                    .needs_built = true,
                                    .summary = "A table that the docs state and the schema lacks.",
                                    .docs = R"md(## What it does
Reports each table that a document in state `current` states and that is not in the live
database. Nothing is said of its columns, keys or indexes.

## Why it matters
Either a migration was not applied, or the docs tell of something that is gone.

## Example
````markdown docs/invoices.md
# invoices

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY);
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY);
```

## Use instead
````markdown docs/invoices.md
# invoices

```sql
CREATE TABLE invoices (id bigint PRIMARY KEY);
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```toml
[sources]
docs = [{ path = "docs/invoices.md", state = "planned" }]
```

## Limits
A table whose name differs, but whose columns are those of an undocumented one, is reported by
`likely-renamed-table` alone.
)md"},
                                   check};

}  // namespace schemaudit
