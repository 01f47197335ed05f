#include "rules/findings/problem_findings.h"

namespace schemaudit {

extern const Rule invalid_sql_in_docs;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_problems(context, invalid_sql_in_docs.info, ProblemKind::invalid_sql);
}

}  // namespace

const Rule invalid_sql_in_docs{{.id = "invalid-sql-in-docs",
                                .severity = Severity::medium,
                                .category = "documentation",
                                .needs = {Role::documented},
                                .summary = "SQL in a document that PostgreSQL does not accept.",
                                .docs = R"md(## What it does
Reports each statement in a SQL fence that PostgreSQL's own grammar refuses, at the line and
column where it stumbles.

## Why it matters
Somebody will copy it.

## Example
````markdown docs/users.md
# users

```sql
CREATE TABLE users (
  id bigint PRIMARY KEY,
  current_role text
);
```
````

## Use instead
````markdown docs/users.md
# users

```sql
CREATE TABLE users (
  id bigint PRIMARY KEY,
  "current_role" text
);
```
````

## Limits
Shell lines, psql commands, placeholders (`?`, `$1`, `:name`, `%s`) and fragments such as a
constraint alone are no fault. SQL newer than the grammar this program was built with is listed
as not analysed, never as invalid. What a broken statement would have made is still read where
that is possible.
)md"},
                               check};

}  // namespace schemaudit
