#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule volatile_default_rewrites_table;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::add_column || !change.computed_per_row || each.table_is_new)
    return {};
  return "Column " + column_named(change) +
         " gets another value in each row: the table is written anew while nobody can use it.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, volatile_default_rewrites_table.info, look);
}

}  // namespace

const Rule volatile_default_rewrites_table{
    {.id = "volatile-default-rewrites-table",
     .severity = Severity::low,
     .category = "hazards",
     .profile = Profile::strict,
     .needs = {Role::declared},
     .summary = "A column whose value is computed for each row is added to an existing table.",
     .docs = R"md(## What it does
Reports ADD COLUMN with a sequence (serial, identity), a stored generation or a volatile default such as random() on a
table that an earlier migration made.

## Why it matters
PostgreSQL writes the whole table and its indexes anew under ACCESS EXCLUSIVE. A default that is one value for the whole
statement, a constant or now(), is kept in the catalog and costs nothing.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();
```
```toml
[rules.volatile-default-rewrites-table]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users ADD COLUMN token uuid;
ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();
```
```toml
[rules.volatile-default-rewrites-table]
severity = "low"
```

## Limits
Of functions of your own nothing is known, and the rule says nothing of them.
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
