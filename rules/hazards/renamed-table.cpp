#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule renamed_table;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  const bool is_read = change.object.kind == "table" || change.object.kind == "view";
  if (change.kind != ChangeKind::rename || !is_read || each.object_is_new ||
      each.name_is_taken_again)
    return {};
  return (change.object.kind == "view" ? "View " : "Table ") + table_named(change) +
         " is renamed to " + quote_identifier(change.new_name) +
         ": what asks for the old name fails.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, renamed_table.info, look);
}

}  // namespace

const Rule renamed_table{{.id = "renamed-table",
                          .severity = Severity::low,
                          .category = "hazards",
                          .profile = Profile::strict,
                          .needs = {Role::declared},
                          .summary = "A migration renames a table that others may read.",
                          .docs = R"md(## What it does
Reports ALTER TABLE ... RENAME TO of a table or view that an earlier migration made.

## Why it matters
Programs that run while the migration does, or that are rolled back after it, ask for the old name and fail.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users RENAME TO members;
```
```toml
[rules.renamed-table]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users RENAME TO members;
CREATE VIEW users AS SELECT id, email, plan FROM members;
```
```toml
[rules.renamed-table]
severity = "low"
```

## Limits
Nothing is said where a view or another table takes the old name in the same migration.
)md",
                          .question = kAskWhatIsApplied},
                         check};

}  // namespace schemaudit
