#include "rules/findings/problem_findings.h"

namespace schemaudit {

extern const Rule unread_schema_doc;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_problems(context, unread_schema_doc.info, ProblemKind::unread_schema);
}

}  // namespace

const Rule unread_schema_doc{
    {.id = "unread-schema-doc",
     .severity = Severity::medium,
     .category = "documentation",
     .needs = {Role::documented},
     .summary = "Something in a document looks like schema and could not be read.",
     .docs = R"md(## What it does
Reports parts of a document that look like schema (a column table, a diagram, a list) and could
not be read whole.

## Why it matters
What was not read was not compared. Without this finding the audit would look cleaner than it is.

## Example
````markdown docs/schema.md
# users

| Column | Type | Default |
|---|---|---|
| id | bigint | |
| state | text | 'a' | 'b' |
````

## Use instead
````markdown docs/schema.md
# users

| Column | Type | Default |
|---|---|---|
| id | bigint | |
| state | text | 'a' |
````

## Limits
The page on schema docs lists the styles that are read.
)md"},
    check};

}  // namespace schemaudit
