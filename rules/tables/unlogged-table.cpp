#include <map>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule unlogged_table;

namespace {

/// The table that tells of a partition: the topmost one that is known.
const Relation& root_of(const Schema& schema, const Relation& relation) {
  const Relation* at = &relation;
  while (at->partition_of) {
    const Relation* parent = schema.find_relation(at->partition_of->parent);
    if (!parent) break;
    at = parent;
  }
  return *at;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  // A partitioned table has no rows of its own, so what it says of them says nothing.
  std::map<QualifiedName, std::vector<const Relation*>> unlogged;
  for (const Relation& relation : context.schema.relations) {
    if (relation.kind != RelationKind::table) continue;
    ++outcome.checked;
    if (relation.unlogged.value_or(false))
      unlogged[root_of(context.schema, relation).name].push_back(&relation);
  }
  for (const auto& [name, tables] : unlogged) {
    const Relation& root = root_of(context.schema, *tables.front());
    const bool is_partitioned = &root != tables.front();
    Finding finding =
        start_finding(context, unlogged_table.info, object_of(root), tables.front()->origin);
    finding.message =
        (is_partitioned ? std::to_string(tables.size()) +
                              (tables.size() == 1 ? " partition of " : " partitions of ") +
                              to_string(name) + (tables.size() == 1 ? " is" : " are")
                        : "Table " + to_string(name) + " is") +
        " unlogged: a crash of the server empties " + (tables.size() == 1 ? "it" : "them") +
        ", and replicas never have the rows.";
    std::string list;
    for (const Relation* table : tables)
      list += (list.empty() ? "UNLOGGED " : ", ") + to_string(table->name);
    finding.evidence.of(context.role) = list;
    outcome.suspicions.push_back({std::move(finding)});
  }
  return outcome;
}

}  // namespace

const Rule unlogged_table{
    {.id = "unlogged-table",
     .severity = Severity::medium,
     .category = "tables",
     .summary = "A table whose rows a crash of the server takes away.",
     .docs = R"md(## What it does
Looks for tables made with UNLOGGED, and asks once whether their rows may be lost. Unlogged
partitions are told by their root.

## Why it matters
Changes of an unlogged table are not written ahead: after a crash the server empties it, a standby
has no rows of it, and neither has a backup made by replication.

## Example
```sql
CREATE UNLOGGED TABLE payments (id bigint PRIMARY KEY);
```

## Use instead
```sql
CREATE TABLE payments (id bigint PRIMARY KEY);
```

## Limits
For caches, queues that can be filled again and staging tables, UNLOGGED is right. A partitioned
table has no rows of its own: only its partitions count.
)md",
     .question = {"table is unlogged, so that a crash empties it. May its rows be lost?",
                  "tables are unlogged, so that a crash empties them. May their rows be lost?",
                  "# no: each is a finding\n"
                  "[rules.unlogged-table]\n"
                  "severity = \"medium\"\n"
                  "# yes: do not ask again\n"
                  "# [rules.unlogged-table]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
