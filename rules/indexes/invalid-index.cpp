#include <string>
#include <string_view>

#include "rules/facts/index_text.h"
#include "rules/facts/sql_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule invalid_index;

namespace {

/// What REINDEX CONCURRENTLY calls the index it builds and the one it replaces: `name_ccnew`,
/// `name_ccold`, with a number where that was taken.
enum class Leftover { none, unfinished, replaced };

Leftover leftover_of(const Index& index) {
  const std::size_t end = index.name.find_last_not_of("0123456789");
  const std::string_view name = std::string_view(index.name).substr(0, end + 1);
  if (!index.constraint.empty()) return Leftover::none;
  if (name.ends_with("_ccnew")) return Leftover::unfinished;
  return name.ends_with("_ccold") ? Leftover::replaced : Leftover::none;
}

Finding invalid(const SchemaContext& context, const Relation& relation, const Index& index) {
  Finding finding =
      start_finding(context, invalid_index.info, index_of(relation, index.name), index.origin);
  const std::string name = "Index " + quote_identifier(index.name) + " of ";
  if (relation.kind == RelationKind::partitioned_table) {
    finding.message = name + "the partitioned table " + to_string(relation.name) +
                      " is invalid: not every partition has its part of it.";
  } else if (const Leftover leftover = leftover_of(index); leftover != Leftover::none) {
    finding.message =
        name + to_string(relation.name) +
        (leftover == Leftover::unfinished
             ? " is what REINDEX CONCURRENTLY left when it failed: no query uses it, every write "
               "still has to keep it, and the index it was to replace is not renewed."
             : " is what REINDEX CONCURRENTLY replaced and did not come to drop: no query uses "
               "it.");
    finding.fix = Fix{FixKind::sql, drop_statement(relation, index)};
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
it fails, what REINDEX CONCURRENTLY leaves (`_ccnew`, `_ccold`), and an index on a partitioned table that
was made ON ONLY it and lacks a part on some partition.

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
Of a table that is not partitioned: `REINDEX INDEX CONCURRENTLY`, or drop it and make it anew. What is
called `_ccnew` or `_ccold` is dropped, and the index itself built again if it still has to be.

## Limits
An index that is being built at this moment is invalid, too.
)md"},
                         check};

}  // namespace schemaudit
