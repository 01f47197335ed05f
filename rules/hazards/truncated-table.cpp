#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule truncated_table;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::truncate || each.table_is_new) return {};
  return "Table " + table_named(change) + " is emptied: its rows are lost.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, truncated_table.info, look);
}

}  // namespace

const Rule truncated_table{{.id = "truncated-table",
                            .severity = Severity::low,
                            .category = "hazards",
                            .profile = Profile::strict,
                            .needs = {Role::declared},
                            .summary = "A migration empties a table of an earlier one.",
                            .docs = R"md(## What it does
Reports TRUNCATE of a table that an earlier migration made.

## Why it matters
All rows are lost, no way back brings them again, and the table is locked against reads meanwhile.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
TRUNCATE users;
```
```toml
[rules.truncated-table]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
DELETE FROM users WHERE plan IS NULL;
```
```toml
[rules.truncated-table]
severity = "low"
```

## Limits
Of several tables in one TRUNCATE only the first is told.
)md",
                            .question = kAskWhatIsApplied},
                           check};

}  // namespace schemaudit
