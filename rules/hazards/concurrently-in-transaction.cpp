#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule concurrently_in_transaction;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (!change.concurrently || !each.in_transaction) return {};
  const char* what = change.kind == ChangeKind::create             ? "CREATE INDEX"
                     : change.kind == ChangeKind::detach_partition ? "DETACH PARTITION"
                                                                   : "DROP INDEX";
  return std::string(what) + " CONCURRENTLY cannot run in a transaction, and migration " +
         each.step->version + " runs in one: it fails.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, concurrently_in_transaction.info, look);
}

}  // namespace

const Rule concurrently_in_transaction{
    {.id = "concurrently-in-transaction",
     .severity = Severity::high,
     .category = "hazards",
     .needs = {Role::declared},
     .summary = "A statement with CONCURRENTLY in a migration that runs in a transaction.",
     .docs = R"md(## What it does
Reports CREATE INDEX, DROP INDEX and DETACH PARTITION with CONCURRENTLY in a migration that its tool runs in a
transaction.

## Why it matters
PostgreSQL refuses them inside of a transaction: the migration fails, on empty tables as on full ones.

## Example
```sql migrations/1_users.sql
-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- +goose Down
DROP TABLE users;
```
```sql migrations/2_index.sql
-- +goose Up
CREATE INDEX CONCURRENTLY users_email ON users (email);
-- +goose Down
DROP INDEX users_email;
```

## Use instead
```sql migrations/1_users.sql
-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- +goose Down
DROP TABLE users;
```
```sql migrations/2_index.sql
-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY users_email ON users (email);
-- +goose Down
DROP INDEX users_email;
```

## Limits
It speaks where the transaction is certain: Alembic, dbmate, goose, and golang-migrate with several statements in a
file. Whether plain files run in one depends on how they are called, and Flyway looks for such statements itself.
A statement between BEGIN and COMMIT is told as one that PostgreSQL would refuse.
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
