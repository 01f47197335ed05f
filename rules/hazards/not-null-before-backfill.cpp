#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule not_null_before_backfill;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (each.table_is_new || each.rows_were_updated) return {};
  const bool not_null = change.kind == ChangeKind::set_not_null && change.object.kind == "column" &&
                        !change.proved_by_check;
  const bool check = change.kind == ChangeKind::add_constraint && !change.not_valid &&
                     change.constraint == ConstraintType::check && !each.follows_new_column;
  if (not_null)
    return "SET NOT NULL on " + column_named(change) +
           " fails where a row has no value, and no UPDATE of the chain gives it one before.";
  if (check)
    return "Constraint " + quote_identifier(change.object.name) + " of " + table_named(change) +
           " fails where a row does not fit, and no UPDATE of the chain makes it fit before.";
  return {};
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, not_null_before_backfill.info, look);
}

}  // namespace

const Rule not_null_before_backfill{
    {.id = "not-null-before-backfill",
     .severity = Severity::low,
     .category = "hazards",
     .profile = Profile::strict,
     .needs = {Role::declared},
     .summary = "NOT NULL or a CHECK is put on before the rows are made to fit.",
     .docs = R"md(## What it does
Reports SET NOT NULL, and a CHECK without NOT VALID, on a table that an earlier migration made and whose rows no UPDATE
of the chain has touched before.

## Why it matters
It fails at the first row that does not fit. Rows that were written before the rule often do not.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
ALTER TABLE users ALTER COLUMN plan SET NOT NULL;
```
```toml
[rules.not-null-before-backfill]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
UPDATE users SET plan = 'free' WHERE plan IS NULL;
ALTER TABLE users ALTER COLUMN plan SET NOT NULL;
```
```toml
[rules.not-null-before-backfill]
severity = "low"
```

## Limits
Any UPDATE of the table counts, and so does a statement that could not be followed, which may be one. Rows that a
program outside of the chain has made to fit are not seen.
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
