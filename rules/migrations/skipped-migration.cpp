#include <algorithm>
#include <string>

#include "rules/findings/chain_findings.h"
#include "rules/findings/finding_places.h"

namespace schemaudit {

extern const Rule skipped_migration;

namespace {

RuleOutcome check(const RuleContext& context) {
  RuleOutcome outcome;
  const AppliedMigrations* applied = applied_of(context, outcome);
  if (!applied) return outcome;
  const MigrationChain& chain = *chain_of(context);
  auto has_had = [&](const MigrationStep& step) {
    return std::any_of(
        applied->migrations.begin(), applied->migrations.end(),
        [&](const AppliedMigration& each) { return is_same_version(each.version, step.version); });
  };
  outcome.checked = chain.steps.size();
  // A table that names the last one alone cannot tell.
  if (applied->only_last) return outcome;
  const MigrationStep* later = nullptr;
  for (auto step = chain.steps.rbegin(); step != chain.steps.rend(); ++step) {
    if (step->repeatable) continue;
    if (has_had(*step)) {
      later = later ? later : &*step;
      continue;
    }
    if (!later) continue;
    Finding finding = start_finding(skipped_migration.info, {"migration", "", "", step->version});
    finding.message = "The database has had migration " + later->version + " and not " +
                      step->version + ", which comes before it.";
    finding.behind = Behind::live;
    finding.locations.push_back({"declared", step->up.origin});
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule skipped_migration{
    {.id = "skipped-migration",
     .severity = Severity::medium,
     .category = "migrations",
     .needs = {Role::declared, Role::live},
     .summary = "A migration that the database has not had, though it has had a later one.",
     .docs = R"md(## What it does
Reports a migration that the tool's own table does not name, although it names a later one.

## Why it matters
A branch was merged late. Some tools run it now, after what was meant to follow; others never do, and
databases that began empty differ from this one.

## Example
```sql
CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);
INSERT INTO schema_migrations VALUES ('20240103');
CREATE TABLE bills (id bigint PRIMARY KEY);
```
```sql migrations/20240101_users.sql
-- migrate:up
CREATE TABLE users (id bigint PRIMARY KEY);
-- migrate:down
DROP TABLE users;
```
```sql migrations/20240103_bills.sql
-- migrate:up
CREATE TABLE bills (id bigint PRIMARY KEY);
-- migrate:down
DROP TABLE bills;
```

## Use instead
```sql
CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);
INSERT INTO schema_migrations VALUES ('20240101'), ('20240103');
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE bills (id bigint PRIMARY KEY);
```
```sql migrations/20240101_users.sql
-- migrate:up
CREATE TABLE users (id bigint PRIMARY KEY);
-- migrate:down
DROP TABLE users;
```
```sql migrations/20240103_bills.sql
-- migrate:up
CREATE TABLE bills (id bigint PRIMARY KEY);
-- migrate:down
DROP TABLE bills;
```

## Limits
golang-migrate and Alembic note the last one alone, so that nothing can be told.
)md"},
    check};

}  // namespace schemaudit
