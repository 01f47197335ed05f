#include "rules/findings/problem_findings.h"

namespace schemaudit {

extern const Rule contradictory_docs;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_problems(context, contradictory_docs.info, ProblemKind::contradiction);
}

}  // namespace

const Rule contradictory_docs{
    {.id = "contradictory-docs",
     .severity = Severity::medium,
     .category = "documentation",
     .needs = {Role::documented},
     .summary = "The docs say two different things of one object, or make it twice.",
     .docs = R"md(## What it does
Reports where one document, or two, state different things of the same object, or create the
same object twice.

## Why it matters
One of the two is wrong, and a reader sees only one of them.

## Example
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE INDEX users_email_idx ON users (email);
CREATE INDEX users_email_idx ON users (email);
```
````

## Use instead
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE INDEX users_email_idx ON users (email);
```
````

## Limits
A looser statement does not contradict a stricter one: `varchar` in a table cell and
`varchar(255)` in SQL agree.
)md"},
    check};

}  // namespace schemaudit
