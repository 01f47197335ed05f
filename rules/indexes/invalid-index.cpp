#include <string>

#include "rules/facts/index_text.h"
#include "rules/facts/sql_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule invalid_index;

namespace {

Finding invalid(const SchemaContext& context, const Relation& relation, const Index& index) {
  Finding finding =
      start_finding(context, invalid_index.info, index_of(relation, index.name), index.origin);
  const std::string name = "Index " + quote_identifier(index.name) + " of ";
  if (relation.kind == RelationKind::partitioned_table) {
    finding.message = name + "the partitioned table " + to_string(relation.name) +
                      " is invalid: not every partition has its part of it.";
  } else {
    finding.message = name + to_string(relation.name) +
                      " is invalid: no query uses it, and every write still has to keep it.";
    finding.fix =
        Fix{FixKind::sql,
            "REINDEX INDEX " + sql_name(QualifiedName{relation.name.schema, index.name}) + ";"};
  }
  finding.evidence.of(context.role) = describe(index) + ", invalid";
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const Index& index : relation.indexes) {
      ++outcome.checked;
      if (index.valid == false) outcome.findings.push_back(invalid(context, relation, index));
    }
  return outcome;
}

}  // namespace

const Rule invalid_index{{.id = "invalid-index",
                          .severity = Severity::high,
                          .category = "indexes",
                          .summary = "An index that the server does not use.",
                          .docs = R"md(## What it does
Reports indexes that are marked as invalid or not ready: what CREATE INDEX CONCURRENTLY leaves when
it fails, and an index on a partitioned table that was made ON ONLY it and lacks a part on some
partition.

## Why it matters
No query uses it, and a unique one promises what it does not keep. Nothing says so when it happens.

## Example
```sql
CREATE TABLE visits (id bigint, seen_at date, PRIMARY KEY (id, seen_at)) PARTITION BY RANGE (seen_at);
CREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX visits_seen_at ON ONLY visits (seen_at);
```

## Use instead
```sql
CREATE TABLE visits (id bigint, seen_at date, PRIMARY KEY (id, seen_at)) PARTITION BY RANGE (seen_at);
CREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX visits_seen_at ON ONLY visits (seen_at);
CREATE INDEX visits_2026_seen_at ON visits_2026 (seen_at);
ALTER INDEX visits_seen_at ATTACH PARTITION visits_2026_seen_at;
```
Of a table that is not partitioned: `REINDEX INDEX CONCURRENTLY`, or drop it and make it anew.

## Limits
An index that is being built at this moment is invalid, too.
)md"},
                         check};

}  // namespace schemaudit
