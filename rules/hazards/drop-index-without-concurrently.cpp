#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule drop_index_without_concurrently;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::drop || change.object.kind != "index" || change.concurrently ||
      each.table_is_new || each.object_is_new || change.on_partitioned)
    return {};
  return "Index " + quote_identifier(change.object.name) +
         " is dropped without CONCURRENTLY: " + table_named(change) +
         " is locked against reads, too, until the transaction ends.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, drop_index_without_concurrently.info, look);
}

}  // namespace

const Rule drop_index_without_concurrently{
    {.id = "drop-index-without-concurrently",
     .severity = Severity::low,
     .category = "hazards",
     .profile = Profile::strict,
     .needs = {Role::declared},
     .summary = "An index of an existing table is dropped without CONCURRENTLY.",
     .docs = R"md(## What it does
Reports DROP INDEX without CONCURRENTLY where an earlier migration made the index.

## Why it matters
It takes an ACCESS EXCLUSIVE lock on the table: it waits for every running query, and all that come after wait for it.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
CREATE INDEX users_email ON users (email);
```
```sql migrations/2_step.sql
DROP INDEX users_email;
```
```toml
[rules.drop-index-without-concurrently]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
CREATE INDEX users_email ON users (email);
```
```sql migrations/2_step.sql
DROP INDEX CONCURRENTLY users_email;
```
```toml
[rules.drop-index-without-concurrently]
severity = "low"
```

## Limits
The drop itself is quick; the wait for the lock need not be. An index of a partitioned table cannot be dropped with
CONCURRENTLY, and this rule says nothing of it.
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
