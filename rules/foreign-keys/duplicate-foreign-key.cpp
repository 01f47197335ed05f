#include <tuple>

#include "rules/facts/foreign_key_copies.h"
#include "rules/facts/foreign_key_text.h"
#include "rules/facts/sql_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule duplicate_foreign_key;

namespace {

bool behave_the_same(const ForeignKey& a, const ForeignKey& b) {
  return a.on_delete == b.on_delete && a.on_update == b.on_update &&
         a.on_delete_columns == b.on_delete_columns && a.match == b.match &&
         a.deferrable == b.deferrable && a.initially_deferred == b.initially_deferred;
}

/// Smaller is kept.
auto rank(const ForeignKey& foreign_key) {
  return std::make_tuple(!foreign_key.inherited, !foreign_key.enforced.value_or(true),
                         !foreign_key.validated.value_or(true), foreign_key.name);
}

/// The key that is kept of those that say what `foreign_key` says; nullptr where it is itself.
const ForeignKey* kept_instead_of(const Schema& schema, const Relation& relation,
                                  const ForeignKey& foreign_key) {
  const ForeignKey* kept = nullptr;
  for (const ForeignKey& other : relation.foreign_keys)
    if (&other != &foreign_key && rank(other) < rank(kept ? *kept : foreign_key) &&
        says_the_same(schema, other, foreign_key))
      kept = &other;
  return kept;
}

Finding duplicate(const SchemaContext& context, const Relation& relation,
                  const ForeignKey& foreign_key, const ForeignKey& kept) {
  Finding finding = start_finding(context, duplicate_foreign_key.info,
                                  constraint_of(relation, foreign_key.name), foreign_key.origin);
  finding.message = "Foreign key " + name_of(foreign_key) + " of " + to_string(relation.name) +
                    " references the same as " + name_of(kept);
  finding.key = key_of(foreign_key);
  finding.evidence.of(context.role) = describe(foreign_key) + "; " + describe(kept);
  if (!behave_the_same(foreign_key, kept)) {
    finding.message += ", and they do not agree on what a delete or update does.";
    return finding;
  }
  finding.message += ", so every row is checked twice.";
  if (!foreign_key.name.empty())
    finding.fix = Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " DROP CONSTRAINT " +
                                        sql_name(foreign_key.name) + ";"};
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const ForeignKey& foreign_key : relation.foreign_keys) {
      if (foreign_key.inherited) continue;
      ++outcome.checked;
      if (const ForeignKey* kept = kept_instead_of(context.schema, relation, foreign_key))
        outcome.findings.push_back(duplicate(context, relation, foreign_key, *kept));
    }
  return outcome;
}

}  // namespace

const Rule duplicate_foreign_key{{.id = "duplicate-foreign-key",
                                  .severity = Severity::medium,
                                  .category = "foreign-keys",
                                  .summary = "Two foreign keys that are the same reference.",
                                  .docs = R"md(## What it does
Reports each foreign key whose columns reference the same columns as another key of the table, in
whatever order they are listed. The fix drops the copy where both do the same on delete and update.

## Why it matters
Every write is checked twice. Where one says CASCADE and the other NO ACTION, the order in which they
were made decides whether a delete cascades or fails.

## Example
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users
);
CREATE INDEX ON posts (user_id);
ALTER TABLE posts ADD CONSTRAINT posts_users FOREIGN KEY (user_id) REFERENCES users (id);
```

## Use instead
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users
);
CREATE INDEX ON posts (user_id);
```

## Limits
A key that is part of a longer one is overlapping-foreign-key.
)md"},
                                 check};

}  // namespace schemaudit
