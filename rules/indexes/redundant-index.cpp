#include <string>

#include "rules/facts/index_copies.h"
#include "rules/facts/index_text.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule redundant_index;

namespace {

Finding redundant(const SchemaContext& context, const Relation& relation, const Index& index,
                  const Index& wider) {
  Finding finding =
      start_finding(context, redundant_index.info, index_of(relation, index.name), index.origin);
  finding.message = "Index " + quote_identifier(index.name) + " of " + to_string(relation.name) +
                    " is redundant: " + quote_identifier(wider.name) + ", " + describe(wider) +
                    ", has the same keys first and serves the same queries.";
  finding.evidence.of(context.role) = describe(index);
  finding.fix = Fix{FixKind::sql, drop_statement(relation, index)};
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const Index& index : relation.indexes) {
      if (index.inherited) continue;
      ++outcome.checked;
      if (const Index* wider = wider_index(relation, index))
        outcome.findings.push_back(redundant(context, relation, index, *wider));
    }
  return outcome;
}

}  // namespace

const Rule redundant_index{{.id = "redundant-index",
                            .severity = Severity::medium,
                            .category = "indexes",
                            .summary = "An index whose keys another one begins with.",
                            .docs = R"md(## What it does
Reports a btree index that is not unique, where the keys of another valid btree of the table begin
with its keys: the same columns or expressions in the same order, with the same operator classes,
collations and directions, and the same predicate. All columns of its INCLUDE have to be in the
other one. A unique index over the same keys makes a plain one redundant, never the other way.

## Why it matters
Every write keeps both, and PostgreSQL can answer from the longer one alone.

## Example
```sql
CREATE TABLE visits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  page text NOT NULL,
  seen_at timestamptz NOT NULL
);
CREATE INDEX visits_page ON visits (page);
CREATE INDEX visits_page_seen_at ON visits (page, seen_at);
```

## Use instead
```sql
CREATE TABLE visits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  page text NOT NULL,
  seen_at timestamptz NOT NULL
);
CREATE INDEX visits_page_seen_at ON visits (page, seen_at);
```

## Limits
The shorter index is smaller: where the longer one has wide columns and reads are many, keep both
and waive the finding. Methods other than btree are not compared.
)md"},
                           check};

}  // namespace schemaudit
