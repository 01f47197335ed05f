#include "rules/findings/problem_findings.h"

namespace schemaudit {

extern const Rule stated_count_mismatch;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_problems(context, stated_count_mismatch.info, ProblemKind::stated_count);
}

}  // namespace

const Rule stated_count_mismatch{
    {.id = "stated-count-mismatch",
     .severity = Severity::medium,
     .category = "documentation",
     .needs = {Role::documented},
     .summary = "A document states a number of tables or columns that it does not hold.",
     .docs = R"md(## What it does
Compares numbers that a document states (`12 tables`, `exactly four tables`) with what it holds.

## Why it matters
A wrong number means that somebody added or removed a table and did not read on.

## Example
````markdown docs/schema.md
# Schema

This schema has 3 tables.

```sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY);
```
````

## Use instead
````markdown docs/schema.md
# Schema

This schema has 2 tables.

```sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY);
```
````

## Limits
Only plain statements about the whole document or the section are compared.
)md"},
    check};

}  // namespace schemaudit
