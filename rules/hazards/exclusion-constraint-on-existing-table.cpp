#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule exclusion_constraint_on_existing_table;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::add_constraint || each.table_is_new ||
      change.constraint != ConstraintType::exclusion)
    return {};
  return "Exclusion constraint " + quote_identifier(change.object.name) +
         " builds its index while nobody can use the existing table " + table_named(change) + ".";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, exclusion_constraint_on_existing_table.info, look);
}

}  // namespace

const Rule exclusion_constraint_on_existing_table{
    {.id = "exclusion-constraint-on-existing-table",
     .severity = Severity::low,
     .category = "hazards",
     .profile = Profile::strict,
     .needs = {Role::declared},
     .summary = "An exclusion constraint is put on an existing table.",
     .docs = R"md(## What it does
Reports ADD CONSTRAINT ... EXCLUDE on a table that an earlier migration made.

## Why it matters
Its index is built under ACCESS EXCLUSIVE: nobody reads or writes until it is there. There is no form of it that does
without: neither NOT VALID nor USING INDEX.

## Example
```sql migrations/1_step.sql
CREATE TABLE stays (id bigint PRIMARY KEY, period daterange NOT NULL);
```
```sql migrations/2_step.sql
ALTER TABLE stays ADD CONSTRAINT one_at_a_time EXCLUDE USING gist (period WITH &&);
```
```toml
[rules.exclusion-constraint-on-existing-table]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE stays (id bigint PRIMARY KEY, period daterange NOT NULL,
  CONSTRAINT one_at_a_time EXCLUDE USING gist (period WITH &&));
```
```toml
[rules.exclusion-constraint-on-existing-table]
severity = "low"
```

## Limits
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
