#include <string>

#include "rules/facts/column_types.h"
#include "rules/facts/index_text.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule boolean_index;

namespace {

/// The boolean that is the index's only key; nullptr where there is none.
const Column* sole_boolean(const Schema& schema, const Relation& relation, const Index& index) {
  if (index.keys.size() != 1 || !index.keys.front().column) return nullptr;
  const Column* column = relation.find_column(*index.keys.front().column);
  return column && is_boolean(base_type(schema, *column)) ? column : nullptr;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const Index& index : relation.indexes) {
      if (index.inherited || index.method != "btree" || index.unique.value_or(true) ||
          !index.constraint.empty() || !index.predicate.is_none())
        continue;
      ++outcome.checked;
      const Column* column = sole_boolean(context.schema, relation, index);
      if (!column) continue;
      Finding finding =
          start_finding(context, boolean_index.info, index_of(relation, index.name), index.origin);
      finding.message = "Index " + quote_identifier(index.name) + " is on the boolean " +
                        name_of(relation, *column) + " alone, which has two values.";
      finding.evidence.of(context.role) = describe(index);
      outcome.findings.push_back(std::move(finding));
    }
  return outcome;
}

}  // namespace

const Rule boolean_index{{.id = "boolean-index",
                          .severity = Severity::low,
                          .category = "indexes",
                          .profile = Profile::all,
                          .summary = "An index on a boolean alone.",
                          .docs = R"md(## What it does
Reports btree indexes whose only key is a boolean, without a predicate.

## Why it matters
Where half of the rows are found, PostgreSQL reads the table instead. Where few are, a partial index
on a column that is worth ordering by is smaller, and serves more.

## Example
```sql
CREATE TABLE messages (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sent_at timestamptz NOT NULL,
  unread boolean NOT NULL
);
CREATE INDEX ON messages (unread);
```
```toml
[rules.boolean-index]
severity = "low"
```

## Use instead
```sql
CREATE TABLE messages (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sent_at timestamptz NOT NULL,
  unread boolean NOT NULL
);
CREATE INDEX ON messages (sent_at) WHERE unread;
```
```toml
[rules.boolean-index]
severity = "low"
```

## Limits
How the values are spread is not looked at.
)md"},
                         check};

}  // namespace schemaudit
