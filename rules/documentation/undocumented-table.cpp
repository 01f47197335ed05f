#include "rules/findings/disagreement_findings.h"

namespace schemaudit {

extern const Rule undocumented_table;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, undocumented_table.info,
                     {.aspects = {Aspect::table_unstated}, .behind = Behind::docs});
}

}  // namespace

const Rule undocumented_table{{.id = "undocumented-table",
                               .severity = Severity::high,
                               .category = "documentation",
                               .needs = {Role::documented},
                               .needs_built = true,
                               .summary = "A table that no document states.",
                               .docs = R"md(## What it does
Reports each table of the live database that no document states. A partition counts as told by
its partitioned table.

## Why it matters
Who reads the docs to learn what is stored, where personal data lies, or what a release touches
does not learn of this table.

## Example
````markdown docs/users.md
# users

| Column | Type | Constraints |
|---|---|---|
| id | bigint | primary key |
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE sessions (id bigint PRIMARY KEY);
```

## Use instead
````markdown docs/users.md
# users

| Column | Type | Constraints |
|---|---|---|
| id | bigint | primary key |

# sessions

| Column | Type | Constraints |
|---|---|---|
| id | bigint | primary key |
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE sessions (id bigint PRIMARY KEY);
```

## Limits
Bookkeeping tables of migration tools, members of extensions and what `[scope]` leaves out are
not asked for; the report lists them. Views are not asked for either.
)md"},
                              check};

}  // namespace schemaudit
