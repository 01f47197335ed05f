#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule dropped_table;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::drop || change.object.kind != "table" || each.object_is_new ||
      each.name_is_taken_again)
    return {};
  return "Table " + table_named(change) + " is dropped, with its rows.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, dropped_table.info, look);
}

}  // namespace

const Rule dropped_table{{.id = "dropped-table",
                          .severity = Severity::medium,
                          .category = "hazards",
                          .needs = {Role::declared},
                          .summary = "A migration drops a table of an earlier one, with its rows.",
                          .docs = R"md(## What it does
Reports DROP TABLE, and the tables that DROP SCHEMA ... CASCADE takes along, where an earlier migration made the table.

## Why it matters
The rows are lost, and a way back makes the table again empty. What still reads the table fails.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE visits (id bigint PRIMARY KEY);
```
```sql migrations/2_step.sql
DROP TABLE visits;
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE visits (id bigint PRIMARY KEY);
```
```sql migrations/2_step.sql
ALTER TABLE users ADD COLUMN visits bigint;
```

## Limits
A drop that is meant is waived, in the config or at the line. Where another table takes the name in the same migration
(its rows were copied), nothing is said.
)md",
                          .question = kAskWhatIsApplied},
                         check};

}  // namespace schemaudit
