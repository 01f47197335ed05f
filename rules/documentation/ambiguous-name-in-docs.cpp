#include <string>
#include <utility>
#include <vector>

#include "rules/findings/problem_findings.h"

namespace schemaudit {

extern const Rule ambiguous_name_in_docs;

namespace {

RuleOutcome check(const RuleContext& context) {
  RuleOutcome outcome;
  const SourceResult& docs = *context.input.source(Role::documented);
  outcome.checked = docs.schema.relations.size();
  auto suspect = [&](const Problem& problem) {
    Finding finding = finding_of_problem(ambiguous_name_in_docs.info, problem);
    outcome.suspicions.push_back(
        {std::move(finding), to_string(problem.origin) + " " + problem.message});
  };
  for (const Problem& problem : docs.problems)
    if (problem.kind == ProblemKind::ambiguous_name) suspect(problem);
  if (context.docs)
    for (const Problem& problem : context.docs->ambiguous) suspect(problem);
  return outcome;
}

}  // namespace

const Rule ambiguous_name_in_docs{
    {.id = "ambiguous-name-in-docs",
     .severity = Severity::low,
     .category = "documentation",
     .needs = {Role::documented},
     .summary = "A documented name fits several objects; which one is meant is asked.",
     .docs = R"md(## What it does
Where a name in the docs fits several live tables (in several schemas, or in singular and plural),
asks which one is meant instead of guessing.

## Why it matters
A wrong guess would bring a list of false differences.

## Example
````markdown docs/users.md
# Users

| Column | Type |
|---|---|
| id | bigint |
````
```sql
CREATE SCHEMA shop;
CREATE SCHEMA crm;
CREATE TABLE shop.users (id bigint);
CREATE TABLE crm.users (id bigint);
```

## Use instead
````markdown docs/users.md
# shop.users

| Column | Type |
|---|---|
| id | bigint |

# crm.users

| Column | Type |
|---|---|
| id | bigint |
````
```sql
CREATE SCHEMA shop;
CREATE SCHEMA crm;
CREATE TABLE shop.users (id bigint);
CREATE TABLE crm.users (id bigint);
```

## Limits
The table that is meant is not compared until the name says which it is.
)md",
     .question = {"documented name fits several tables. Which one is meant? Write it with its "
                  "schema in the document, or narrow the scope.",
                  "documented names fit several tables. Which ones are meant? Write them with "
                  "their schemas in the document, or narrow the scope.",
                  "[scope]\nschemas = [\"public\"]"}},
    check};

}  // namespace schemaudit
