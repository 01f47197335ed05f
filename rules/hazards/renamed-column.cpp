#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule renamed_column;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::rename_column || change.object.kind != "column" ||
      each.table_is_new || each.object_is_new || each.name_is_taken_again)
    return {};
  return "Column " + column_named(change) + " is renamed to " + quote_identifier(change.new_name) +
         ": what asks for the old name fails.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, renamed_column.info, look);
}

}  // namespace

const Rule renamed_column{{.id = "renamed-column",
                           .severity = Severity::low,
                           .category = "hazards",
                           .profile = Profile::strict,
                           .needs = {Role::declared},
                           .summary = "A migration renames a column that others may read.",
                           .docs = R"md(## What it does
Reports RENAME COLUMN of a column that an earlier migration made.

## Why it matters
Programs that run while the migration does, or that are rolled back after it, ask for the old name and fail.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users RENAME COLUMN plan TO tariff;
```
```toml
[rules.renamed-column]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users ADD COLUMN tariff text;
UPDATE users SET tariff = plan;
```
```toml
[rules.renamed-column]
severity = "low"
```

## Limits
Nothing is said where another column takes the old name in the same migration.
)md",
                           .question = kAskWhatIsApplied},
                          check};

}  // namespace schemaudit
