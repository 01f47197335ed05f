#include <algorithm>
#include <string>

#include "rules/findings/chain_findings.h"
#include "rules/findings/finding_places.h"

namespace schemaudit {

extern const Rule edited_migration;

namespace {

RuleOutcome check(const RuleContext& context) {
  RuleOutcome outcome;
  const AppliedMigrations* applied = applied_of(context, outcome);
  if (!applied) return outcome;
  for (const MigrationStep& step : chain_of(context)->steps) {
    if (step.checksum.empty()) continue;
    for (const AppliedMigration& each : applied->migrations) {
      if (!is_same_version(step.version, each.version) || each.checksum.empty()) continue;
      ++outcome.checked;
      if (each.checksum == step.checksum) continue;
      Finding finding = start_finding(edited_migration.info, {"migration", "", "", step.version});
      finding.message = "Migration " + step.version +
                        " has been edited since it was applied: its checksum is not the one in " +
                        applied->table + ".";
      finding.behind = Behind::migrations;
      finding.evidence.declared = step.checksum;
      finding.evidence.live = each.checksum;
      finding.locations.push_back({"declared", step.up.origin});
      outcome.findings.push_back(std::move(finding));
    }
  }
  if (outcome.checked == 0) outcome.not_run = "the tool keeps no checksum of what it has run";
  return outcome;
}

}  // namespace

const Rule edited_migration{{.id = "edited-migration",
                             .severity = Severity::high,
                             .category = "migrations",
                             .needs = {Role::declared, Role::live},
                             .summary = "A migration whose file is not the one that was applied.",
                             .docs = R"md(## What it does
Compares the checksum that Prisma and Flyway keep of each migration they have run with that of its file.

## Why it matters
The database has what the file said then, and new databases get what it says now: they differ, and nothing
will ever make them equal. Both tools refuse to go on.

## Example
```sql
CREATE TABLE _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, migration_name varchar(255) NOT NULL,
  finished_at timestamptz, rolled_back_at timestamptz);
INSERT INTO _prisma_migrations VALUES ('1', 'f00d', '20240101000000_users', now(), NULL);
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/20240101000000_users/migration.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```

## Use instead
```sql
CREATE TABLE _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, migration_name varchar(255) NOT NULL,
  finished_at timestamptz, rolled_back_at timestamptz);
INSERT INTO _prisma_migrations
  VALUES ('1', '3456c330330e5584db1ea42d855fe843569a61c7c200bd34b52f8f9c03b28f0d', '20240101000000_users', now(), NULL);
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/20240101000000_users/migration.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```

## Limits
The other tools keep no checksum. Flyway's is over the file's lines: line ends do not count.
)md"},
                            check};

}  // namespace schemaudit
