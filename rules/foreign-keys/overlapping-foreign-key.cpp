#include "rules/facts/foreign_key_copies.h"
#include "rules/facts/foreign_key_text.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule overlapping_foreign_key;

namespace {

Finding overlap(const SchemaContext& context, const Relation& relation, const ForeignKey& narrow,
                const ForeignKey& wide) {
  Finding finding = start_finding(context, overlapping_foreign_key.info,
                                  constraint_of(relation, narrow.name), narrow.origin);
  finding.message = "Foreign key " + name_of(narrow) + " of " + to_string(relation.name) +
                    " is part of " + name_of(wide) + ", which references the same rows of " +
                    to_string(narrow.target) + ".";
  finding.key = key_of(narrow) + " in " + key_of(wide);
  finding.evidence.of(context.role) = describe(narrow) + "; " + describe(wide);
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const ForeignKey& narrow : relation.foreign_keys) {
      if (narrow.inherited) continue;
      ++outcome.checked;
      for (const ForeignKey& wide : relation.foreign_keys)
        if (contains_key(context.schema, wide, narrow))
          outcome.findings.push_back(overlap(context, relation, narrow, wide));
    }
  return outcome;
}

}  // namespace

const Rule overlapping_foreign_key{
    {.id = "overlapping-foreign-key",
     .severity = Severity::low,
     .category = "foreign-keys",
     .profile = Profile::strict,
     .summary = "A foreign key that is part of a longer one to the same table.",
     .docs = R"md(## What it does
Reports a foreign key whose columns, with what they reference, are all in another key of the same
table to the same target.

## Why it matters
Every write is checked twice, and both keys have to agree on what a delete does. Where all columns
of the longer key are NOT NULL, the shorter one adds nothing.

## Example
```sql
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant bigint NOT NULL,
  UNIQUE (tenant, id)
);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant bigint NOT NULL,
  user_id bigint NOT NULL REFERENCES users,
  FOREIGN KEY (tenant, user_id) REFERENCES users (tenant, id)
);
CREATE INDEX ON posts (user_id, tenant);
```
```toml
[rules.overlapping-foreign-key]
severity = "low"
```

## Use instead
```sql
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant bigint NOT NULL,
  UNIQUE (tenant, id)
);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant bigint NOT NULL,
  user_id bigint NOT NULL,
  FOREIGN KEY (tenant, user_id) REFERENCES users (tenant, id)
);
CREATE INDEX ON posts (user_id, tenant);
```
```toml
[rules.overlapping-foreign-key]
severity = "low"
```

## Limits
A longer key with MATCH SIMPLE and a nullable column is not checked for rows in which that column
is NULL; the shorter one still is, and may be meant.
)md"},
    check};

}  // namespace schemaudit
