#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule required_column_without_default;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::add_column || each.table_is_new || !change.not_null ||
      change.has_default)
    return {};
  // A type of one's own may be a domain that brings a default.
  if (!change.type_after || change.type_after->normal.find('.') != std::string::npos) return {};
  return "Column " + column_named(change) +
         " is added NOT NULL and without a default: this fails where the table has rows.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, required_column_without_default.info, look);
}

}  // namespace

const Rule required_column_without_default{
    {.id = "required-column-without-default",
     .severity = Severity::high,
     .category = "hazards",
     .needs = {Role::declared},
     .summary = "A NOT NULL column without a default is added to a table that may have rows.",
     .docs = R"md(## What it does
Reports ADD COLUMN ... NOT NULL that gives the rows no value (no default, identity or generation), on a table that an
earlier migration made.

## Why it matters
It works while the table is empty, as on the machine where the migration was written, and fails as soon as it has a row.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users ADD COLUMN country text NOT NULL;
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users ADD COLUMN country text NOT NULL DEFAULT 'none';
```

## Limits
A column of a type of your own is passed over, since a domain may bring a default.
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
