#include <string>

#include "rules/facts/index_copies.h"
#include "rules/facts/index_text.h"
#include "rules/facts/key_references.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule duplicate_index;

namespace {

std::string title(const Relation& relation, const Index& index) {
  const std::string name = quote_identifier(index.name);
  if (index.constraint.empty()) return "index " + name;
  if (relation.primary_key && relation.primary_key->name == index.constraint)
    return "the primary key " + name;
  return "constraint " + name;
}

Finding copy(const SchemaContext& context, const Relation& relation, const Index& index,
             const Index& kept) {
  Finding finding =
      start_finding(context, duplicate_index.info, index_of(relation, index.name), index.origin);
  finding.message = (index.constraint.empty() ? "Index " : "The index of constraint ") +
                    quote_identifier(index.name) + " of " + to_string(relation.name) +
                    " is the same as " + title(relation, kept) + ", which can be kept alone.";
  finding.evidence.of(context.role) = describe(index);
  if (!may_be_referenced(context.schema, relation, index) && !index.replica_identity)
    finding.fix = Fix{FixKind::sql, drop_statement(relation, index)};
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const Index& index : relation.indexes) {
      if (index.inherited) continue;
      ++outcome.checked;
      if (const Index* kept = copied_index(relation, index))
        outcome.findings.push_back(copy(context, relation, index, *kept));
    }
  return outcome;
}

}  // namespace

const Rule duplicate_index{{.id = "duplicate-index",
                            .severity = Severity::medium,
                            .category = "indexes",
                            .summary = "An index that is the same as another one.",
                            .docs = R"md(## What it does
Reports each index that equals another one of its table in all of: method, key columns and
expressions in their order, operator classes, collations, ASC or DESC, NULLS FIRST or LAST,
predicate, uniqueness, NULLS NOT DISTINCT, INCLUDE columns, and DEFERRABLE. The index of a
constraint is the one to keep.

## Why it matters
Every write keeps both, and no read is faster for it.

## Example
```sql
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE
);
CREATE UNIQUE INDEX users_email ON users (email);
```

## Use instead
```sql
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE
);
```

## Limits
A plain index beside a unique one over the same columns is redundant-index. There is no fix where a
foreign key may lean on the copy. Invalid indexes are left to invalid-index.
)md"},
                           check};

}  // namespace schemaudit
