#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule dropped_column;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::drop_column || change.object.kind != "column" ||
      each.table_is_new || each.object_is_new || each.name_is_taken_again)
    return {};
  return "Column " + column_named(change) + " is dropped, with the values in it.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, dropped_column.info, look);
}

}  // namespace

const Rule dropped_column{
    {.id = "dropped-column",
     .severity = Severity::medium,
     .category = "hazards",
     .needs = {Role::declared},
     .summary = "A migration drops a column of an earlier one, with its values.",
     .docs = R"md(## What it does
Reports DROP COLUMN, and columns that a CASCADE takes along, where an earlier migration made the column.

## Why it matters
The values are lost, and a way back makes the column again empty. What still reads or writes it fails.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users DROP COLUMN plan;
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users ALTER COLUMN plan DROP NOT NULL;
```

## Limits
A drop that is meant is waived, in the config or at the line. Where another column takes the name in the same
migration (its values were copied), nothing is said.
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
