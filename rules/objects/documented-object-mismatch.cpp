#include "rules/findings/disagreement_findings.h"

namespace schemaudit {

extern const Rule documented_object_mismatch;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, documented_object_mismatch.info, {.aspects = {Aspect::other_object}});
}

}  // namespace

const Rule documented_object_mismatch{
    {.id = "documented-object-mismatch",
     .severity = Severity::medium,
     .category = "objects",
     .needs = {Role::documented},
     .needs_built = true,
     .summary = "A documented trigger, view, function, policy or other object that the live "
                "database lacks or has differently.",
     .docs = R"md(## What it does
Compares what the docs state of exclusion constraints, triggers, functions, views, row security
policies, extensions, partitions, domains and sequences with the live database.

## Why it matters
These carry behaviour that no table shows: who may read a row, what happens on an update.

## Example
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE notes (id bigint PRIMARY KEY, title text);
CREATE VIEW titles AS SELECT title FROM notes;
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
CREATE VIEW titles AS SELECT title FROM notes;
```
````
```sql
CREATE TABLE notes (id bigint PRIMARY KEY, title text);
CREATE VIEW titles AS SELECT title FROM notes;
```

## Limits
Objects of these kinds that only the live database has are not reported. Bodies of functions are
compared only where the docs state them.
)md"},
    check};

}  // namespace schemaudit
