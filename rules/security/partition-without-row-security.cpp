#include <string>
#include <utility>

#include "rules/facts/row_security.h"
#include "rules/facts/sql_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule partition_without_row_security;

namespace {

/// The nearest table above that has row security; nullptr where there is none.
const Relation* guarded_root(const Schema& schema, const Relation& partition) {
  const Relation* each = &partition;
  for (std::size_t depth = 0; each && each->partition_of && depth <= schema.relations.size();
       ++depth) {
    each = schema.find_relation(each->partition_of->parent);
    if (each && each->row_security.value_or(false)) return each;
  }
  return nullptr;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!relation.partition_of) continue;
    const Relation* root = guarded_root(context.schema, relation);
    if (!root) continue;
    ++outcome.checked;
    if (relation.row_security.value_or(true)) continue;
    const bool granted = is_granted_to_others(relation);
    if (!granted && relation.coverage.grants) continue;
    Finding finding = start_finding(context, partition_without_row_security.info,
                                    object_of(relation), relation.origin);
    finding.message = "Partition " + to_string(relation.name) +
                      " has no row security: a query of it shows the rows that " +
                      to_string(root->name) + " hides.";
    finding.evidence.of(context.role) = "row security off, on at " + to_string(root->name);
    finding.fix =
        Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " ENABLE ROW LEVEL SECURITY;"};
    if (granted)
      outcome.findings.push_back(std::move(finding));
    else
      outcome.suspicions.push_back({std::move(finding)});
  }
  return outcome;
}

}  // namespace

const Rule partition_without_row_security{
    {.id = "partition-without-row-security",
     .severity = Severity::medium,
     .category = "security",
     .summary = "A partition that is readable past its root's row security.",
     .docs = R"md(## What it does
Reports partitions without row security under a table that has it, where a role besides the owner
was granted something on the partition itself.

## Why it matters
A query through the root is held to the root's policies, one of the partition to those of the
partition. Without any, whoever may read the partition reads all of it.

## Example
```sql
CREATE TABLE notes (
  id bigint NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE notes_first PARTITION OF notes FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY later ON notes USING (at > '2026-01-15');
GRANT SELECT ON notes, notes_first TO pg_monitor;
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE notes_first PARTITION OF notes FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY later ON notes USING (at > '2026-01-15');
ALTER TABLE notes_first ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON notes TO pg_monitor;
```

## Limits
Without policies of its own a partition with row security shows nothing to direct queries, and
everything that the root admits to queries through the root. Tables under INHERITS are not looked
at, nor grants on single columns.
)md",
     .question = {"partition has no row security under a root that has it. May roles read it?",
                  "partitions have no row security under roots that have it. May roles read them?",
                  "# no: do not ask again\n"
                  "[rules.partition-without-row-security]\n"
                  "severity = \"off\""}},
    check};

}  // namespace schemaudit
