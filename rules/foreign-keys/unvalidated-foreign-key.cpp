#include "rules/facts/foreign_key_text.h"
#include "rules/facts/sql_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule unvalidated_foreign_key;

namespace {

Finding unvalidated(const SchemaContext& context, const Relation& relation,
                    const ForeignKey& foreign_key) {
  Finding finding = start_finding(context, unvalidated_foreign_key.info,
                                  constraint_of(relation, foreign_key.name), foreign_key.origin);
  finding.message =
      "Foreign key " + name_of(foreign_key) + " of " + to_string(relation.name) + " is ";
  if (foreign_key.enforced == false) {
    finding.message += "NOT ENFORCED: it keeps no row out.";
  } else {
    finding.message += "NOT VALID: rows from before it may reference nothing.";
    if (!foreign_key.name.empty())
      finding.fix =
          Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " VALIDATE CONSTRAINT " +
                                sql_name(foreign_key.name) + ";"};
  }
  finding.evidence.of(context.role) = describe(foreign_key);
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const ForeignKey& foreign_key : relation.foreign_keys) {
      if (foreign_key.inherited) continue;
      ++outcome.checked;
      if (foreign_key.validated == false || foreign_key.enforced == false)
        outcome.findings.push_back(unvalidated(context, relation, foreign_key));
    }
  return outcome;
}

}  // namespace

const Rule unvalidated_foreign_key{{.id = "unvalidated-foreign-key",
                                    .severity = Severity::medium,
                                    .category = "foreign-keys",
                                    .summary = "A foreign key that is NOT VALID or NOT ENFORCED.",
                                    .docs = R"md(## What it does
Reports foreign keys that were added NOT VALID and never validated, and those that are NOT ENFORCED
(PostgreSQL 18).

## Why it matters
New rows are checked; old ones may still reference nothing, and a join loses them.

## Example
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE posts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, author bigint NOT NULL);
CREATE INDEX ON posts (author);
ALTER TABLE posts ADD FOREIGN KEY (author) REFERENCES users NOT VALID;
```

## Use instead
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE posts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, author bigint NOT NULL);
CREATE INDEX ON posts (author);
ALTER TABLE posts ADD FOREIGN KEY (author) REFERENCES users NOT VALID;
ALTER TABLE posts VALIDATE CONSTRAINT posts_author_fkey;
```

## Limits
The validation fails where a row references nothing: mend those rows first.
)md"},
                                   check};

}  // namespace schemaudit
