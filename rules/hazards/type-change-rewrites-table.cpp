#include <string>

#include "rules/facts/type_changes.h"
#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule type_change_rewrites_table;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::column_type || each.table_is_new || !change.type_before ||
      !change.type_after || change.object.kind != "column")
    return {};
  if (!rewrites_table(change.type_before->normal, change.type_after->normal)) return {};
  return "Column " + column_named(change) + " goes from " + change.type_before->normal + " to " +
         change.type_after->normal + ": the table is written anew while nobody can use it.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, type_change_rewrites_table.info, look);
}

}  // namespace

const Rule type_change_rewrites_table{
    {.id = "type-change-rewrites-table",
     .severity = Severity::low,
     .category = "hazards",
     .profile = Profile::strict,
     .needs = {Role::declared},
     .summary = "A change of a column's type that writes the whole table anew.",
     .docs = R"md(## What it does
Reports ALTER COLUMN ... TYPE on a table that an earlier migration made, where the new type stores values differently.

## Why it matters
PostgreSQL writes the table and its indexes anew under ACCESS EXCLUSIVE: nobody reads or writes meanwhile.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id integer PRIMARY KEY, email varchar(100));
```
```sql migrations/2_step.sql
ALTER TABLE users ALTER COLUMN id TYPE bigint;
```
```toml
[rules.type-change-rewrites-table]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email varchar(100));
```
```sql migrations/2_step.sql
ALTER TABLE users ALTER COLUMN email TYPE text;
```
```toml
[rules.type-change-rewrites-table]
severity = "low"
```

## Limits
Longer varchar, varchar to text and back without a length, and more digits of numeric at the same scale are known to
rewrite nothing. Of types of your own, of arrays, and of timestamp to timestamptz (which depends on the session's time
zone) nothing is said.
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
