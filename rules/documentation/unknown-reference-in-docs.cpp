#include "rules/findings/problem_findings.h"

namespace schemaudit {

extern const Rule unknown_reference_in_docs;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_problems(context, unknown_reference_in_docs.info,
                              ProblemKind::unknown_reference);
}

}  // namespace

const Rule unknown_reference_in_docs{
    {.id = "unknown-reference-in-docs",
     .severity = Severity::low,
     .category = "documentation",
     .needs = {Role::documented},
     .summary = "A documented statement needs an object that is stated only later, or nowhere.",
     .docs = R"md(## What it does
Reports a reference in documented SQL to a table, type or operator class that no statement
before it makes; where a later one does, says where. Of a diagram, reports a table that it
relates to one with attributes, and that no document describes.

## Why it matters
The script does not run from top to bottom, so who copies it has to sort it first.

## Example
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE notes (
  id bigint PRIMARY KEY,
  user_id bigint REFERENCES users (id)
);
CREATE TABLE users (id bigint PRIMARY KEY);
```
````

## Use instead
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE notes (
  id bigint PRIMARY KEY,
  user_id bigint REFERENCES users (id)
);
```
````

## Limits
Only the order within one document counts; which of several documents is read first says
nothing.
)md"},
    check};

}  // namespace schemaudit
