#include <algorithm>
#include <string>

#include "rules/findings/chain_findings.h"
#include "rules/findings/finding_places.h"

namespace schemaudit {

extern const Rule unknown_applied_migration;

namespace {

RuleOutcome check(const RuleContext& context) {
  RuleOutcome outcome;
  const AppliedMigrations* applied = applied_of(context, outcome);
  if (!applied) return outcome;
  const MigrationChain& chain = *chain_of(context);
  for (const AppliedMigration& each : applied->migrations) {
    ++outcome.checked;
    if (std::any_of(chain.steps.begin(), chain.steps.end(), [&](const MigrationStep& step) {
          return is_same_version(step.version, each.version);
        }))
      continue;
    Finding finding =
        start_finding(unknown_applied_migration.info, {"migration", "", "", each.version});
    finding.message = applied->table + " says that migration " + each.version +
                      " has been applied, and no file of the folder has that version.";
    finding.behind = Behind::migrations;
    finding.evidence.live = each.version;
    finding.locations = places_of_the_unspoken(context.input);
    if (!chain.steps.empty()) finding.locations = {{"declared", chain.steps.back().up.origin}};
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule unknown_applied_migration{
    {.id = "unknown-applied-migration",
     .severity = Severity::medium,
     .category = "migrations",
     .needs = {Role::declared, Role::live},
     .summary = "The database has had a migration that is not in the folder.",
     .docs = R"md(## What it does
Compares the versions that the tool's own table in the live database names (`alembic_version`,
`schema_migrations`, `goose_db_version`, `flyway_schema_history`, `_prisma_migrations`) with the files.

## Why it matters
Somebody applied a migration of another branch, or its file was deleted or renamed: nobody can build this
database again, and some tools refuse to go on.

## Example
```sql
CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
INSERT INTO schema_migrations VALUES (3, false);
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
Plain SQL files and plans have no such table. A table that the role may not read proves nothing.
)md"},
    check};

}  // namespace schemaudit
