#include "rules/facts/isolation_border.h"
#include "rules/findings/disagreement_findings.h"

namespace schemaudit {

extern const Rule foreign_key_mismatch;

namespace {

/// A foreign key that only the live database has and a policy forbids is the policy's finding.
bool left_to_policy(const RuleContext& context, const Disagreement& disagreement) {
  if (disagreement.left || !disagreement.right) return false;
  const Config& config = context.input.config;
  const Schema* built = context.input.schema(context.built);
  if (!built || !forbidden_foreign_keys_are_reported(config)) return false;
  const Relation* relation =
      built->find_relation({disagreement.object.schema, disagreement.object.table});
  if (!relation) return false;
  for (const ForeignKey& foreign_key : relation->foreign_keys)
    if (foreign_key.name == disagreement.object.name)
      return !broken_policies(config, *relation, foreign_key).empty();
  return false;
}

RuleOutcome check(const RuleContext& context) {
  return findings_of(context, foreign_key_mismatch.info,
                     {.aspects = {Aspect::foreign_key}, .left_out = left_to_policy});
}

}  // namespace

const Rule foreign_key_mismatch{{.id = "foreign-key-mismatch",
                                 .severity = Severity::high,
                                 .category = "keys",
                                 .needs_claims = true,
                                 .needs_built = true,
                                 .summary = "The docs and the schema differ on a foreign key.",
                                 .docs = R"md(## What it does
Reports a documented foreign key that the live table lacks or has with another target or other
actions, and a live one that a complete description of the table leaves out.

## Why it matters
A missing foreign key lets orphans in; another ON DELETE deletes more, or less, than the reader
expects.

## Example
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint);
```

## Use instead
````markdown docs/schema.md
# Schema

```sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
```
````
```sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
```

## Limits
A live foreign key that a `[policy.isolation]` forbids and the docs do not state is left to
`forbidden-foreign-key`.
)md"},
                                check};

}  // namespace schemaudit
