#include <string>
#include <utility>
#include <vector>

#include "rules/facts/row_security.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule root_without_row_security;

namespace {

/// The partitions below `root`, at any depth, that have row security.
std::vector<std::string> guarded_below(const Schema& schema, const Relation& root) {
  std::vector<std::string> guarded;
  for (const Relation& relation : schema.relations) {
    if (!relation.partition_of || !relation.row_security.value_or(false)) continue;
    const Relation* each = &relation;
    for (std::size_t depth = 0; each && each->partition_of && depth <= schema.relations.size();
         ++depth)
      each = schema.find_relation(each->partition_of->parent);
    if (each == &root) guarded.push_back(to_string(relation.name));
  }
  return guarded;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (relation.kind != RelationKind::partitioned_table || !stands_for_itself(relation)) continue;
    ++outcome.checked;
    if (relation.row_security.value_or(true)) continue;
    const std::vector<std::string> guarded = guarded_below(context.schema, relation);
    if (guarded.empty()) continue;
    const bool granted = is_granted_to_others(relation);
    if (!granted && relation.coverage.grants) continue;
    Finding finding = start_finding(context, root_without_row_security.info, object_of(relation),
                                    relation.origin);
    finding.message = "Table " + to_string(relation.name) +
                      " has no row security: a query through it shows the rows that its " +
                      (guarded.size() == 1 ? "partition " + guarded.front() + " hides."
                                           : std::to_string(guarded.size()) +
                                                 " partitions with row security hide.");
    finding.evidence.of(context.role) =
        "row security off, on at " + guarded.front() + (guarded.size() > 1 ? " and others" : "");
    if (granted)
      outcome.findings.push_back(std::move(finding));
    else
      outcome.suspicions.push_back({std::move(finding)});
  }
  return outcome;
}

}  // namespace

const Rule root_without_row_security{
    {.id = "root-without-row-security",
     .severity = Severity::high,
     .category = "security",
     .summary = "A partitioned table without row security, whose partitions have it.",
     .docs = R"md(## What it does
Reports partitioned tables without row security, where a partition at any depth has it and a role
besides the owner was granted something on the root.

## Why it matters
A query through the root is held to the root's row security only. The partitions' policies do not
count then: all their rows are shown.

## Example
```sql
CREATE TABLE notes (
  id bigint NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE notes_first PARTITION OF notes FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
ALTER TABLE notes_first ENABLE ROW LEVEL SECURITY;
CREATE POLICY later ON notes_first USING (at > '2026-01-15');
GRANT SELECT ON notes TO pg_monitor;
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
Tables under INHERITS are not looked at, nor grants on single columns.
)md",
     .question = {"partitioned table has no row security, and its partitions have it. May roles "
                  "read it?",
                  "partitioned tables have no row security, and their partitions have it. May "
                  "roles read them?",
                  "# no: do not ask again\n"
                  "[rules.root-without-row-security]\n"
                  "severity = \"off\""}},
    check};

}  // namespace schemaudit
