#include <algorithm>
#include <string>

#include "rules/findings/chain_findings.h"
#include "rules/findings/finding_places.h"

namespace schemaudit {

extern const Rule failed_migration;

namespace {

RuleOutcome check(const RuleContext& context) {
  RuleOutcome outcome;
  const AppliedMigrations* applied = applied_of(context, outcome);
  if (!applied) return outcome;
  const MigrationChain& chain = *chain_of(context);
  for (const AppliedMigration& each : applied->migrations) {
    ++outcome.checked;
    if (each.succeeded) continue;
    Finding finding = start_finding(failed_migration.info, {"migration", "", "", each.version});
    finding.message = applied->table + " says that migration " + each.version +
                      " was begun and did not go through: what it has done is not known.";
    finding.behind = Behind::live;
    finding.locations = places_of_the_unspoken(context.input);
    for (const MigrationStep& step : chain.steps)
      if (is_same_version(step.version, each.version))
        finding.locations = {{"declared", step.up.origin}};
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule failed_migration{{.id = "failed-migration",
                             .severity = Severity::high,
                             .category = "migrations",
                             .needs = {Role::declared, Role::live},
                             .summary = "A migration that the database has begun and not finished.",
                             .docs = R"md(## What it does
Reports what the tool's own table marks as not finished: `dirty` of golang-migrate, `success` of Flyway, a
missing `finished_at` of Prisma.

## Why it matters
The schema stands somewhere between two versions, and the tool refuses to go on until somebody has looked.

## Example
```sql
CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
INSERT INTO schema_migrations VALUES (1, true);
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/1_users.up.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/1_users.down.sql
DROP TABLE users;
```

## Use instead
```sql
CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
INSERT INTO schema_migrations VALUES (1, false);
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/1_users.up.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/1_users.down.sql
DROP TABLE users;
```

## Limits
Tools that run each step in one transaction have nothing to mark.
)md"},
                            check};

}  // namespace schemaudit
