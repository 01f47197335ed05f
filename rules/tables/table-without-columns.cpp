#include <string>
#include <utility>

#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule table_without_columns;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!stands_for_itself(relation) || !relation.coverage.columns) continue;
    ++outcome.checked;
    if (!relation.columns.empty()) continue;
    Finding finding =
        start_finding(context, table_without_columns.info, object_of(relation), relation.origin);
    finding.message = "Table " + to_string(relation.name) +
                      " has no columns: its rows say nothing but how many there are.";
    finding.evidence.of(context.role) = "no columns";
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule table_without_columns{{.id = "table-without-columns",
                                  .severity = Severity::medium,
                                  .category = "tables",
                                  .summary = "A table that has no columns.",
                                  .docs = R"md(## What it does
Reports tables without any column: made as `CREATE TABLE t ()`, or left when the last one was dropped.

## Why it matters
PostgreSQL allows it, and rows in it hold nothing. It is what a migration leaves that drops the columns
and forgets the table.

## Example
```sql
CREATE TABLE notes (id bigint PRIMARY KEY);
CREATE TABLE old_notes ();
```

## Use instead
```sql
CREATE TABLE notes (id bigint PRIMARY KEY);
```

## Limits
No fix is proposed: it would drop a table. A partition is told by its root.
)md"},
                                 check};

}  // namespace schemaudit
