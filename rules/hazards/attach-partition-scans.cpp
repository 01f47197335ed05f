#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule attach_partition_scans;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::attach_partition || change.object.kind != "table" ||
      each.table_is_new || each.table_has_check)
    return {};
  return "Table " + table_named(change) +
         " is attached as a partition: all its rows are read while nobody can use it.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, attach_partition_scans.info, look);
}

}  // namespace

const Rule attach_partition_scans{
    {.id = "attach-partition-scans",
     .severity = Severity::low,
     .category = "hazards",
     .profile = Profile::strict,
     .needs = {Role::declared},
     .summary =
         "An existing table is attached as a partition without a CHECK that proves its rows fit.",
     .docs = R"md(## What it does
Reports ATTACH PARTITION of a table that an earlier migration made and on which the chain has put no CHECK.

## Why it matters
PostgreSQL reads all rows of the table under ACCESS EXCLUSIVE to see whether they fit the bounds. A valid CHECK that
implies the bounds spares it that.

## Example
```sql migrations/1_step.sql
CREATE TABLE visits (id bigint, day date NOT NULL, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE visits_2025 (id bigint, day date NOT NULL, PRIMARY KEY (id, day));
```
```sql migrations/2_step.sql
ALTER TABLE visits ATTACH PARTITION visits_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
```
```toml
[rules.attach-partition-scans]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE visits (id bigint, day date NOT NULL, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE visits_2025 (id bigint, day date NOT NULL, PRIMARY KEY (id, day));
```
```sql migrations/2_step.sql
ALTER TABLE visits_2025 ADD CONSTRAINT fits CHECK (day >= '2025-01-01' AND day < '2026-01-01') NOT VALID;
```
```sql migrations/3_step.sql
ALTER TABLE visits_2025 VALIDATE CONSTRAINT fits;
```
```sql migrations/4_step.sql
ALTER TABLE visits ATTACH PARTITION visits_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
```
```toml
[rules.attach-partition-scans]
severity = "low"
```

## Limits
Any CHECK on the table counts as the proof.
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
