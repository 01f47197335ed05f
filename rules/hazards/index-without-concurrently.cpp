#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule index_without_concurrently;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::create || change.object.kind != "index" || change.concurrently ||
      each.table_is_new || change.on_partitioned)
    return {};
  return "Index " + quote_identifier(change.object.name) + " is built on the existing table " +
         table_named(change) + " without CONCURRENTLY: writes wait until it is there.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, index_without_concurrently.info, look);
}

}  // namespace

const Rule index_without_concurrently{
    {.id = "index-without-concurrently",
     .severity = Severity::low,
     .category = "hazards",
     .profile = Profile::strict,
     .needs = {Role::declared},
     .summary = "An index is built on an existing table without CONCURRENTLY.",
     .docs = R"md(## What it does
Reports CREATE INDEX without CONCURRENTLY on a table that an earlier migration made.

## Why it matters
It holds a SHARE lock while it reads the whole table: all writes wait until it is built.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
CREATE INDEX users_email ON users (email);
```
```toml
[rules.index-without-concurrently]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
CREATE INDEX CONCURRENTLY users_email ON users (email);
```
```toml
[rules.index-without-concurrently]
severity = "low"
```

## Limits
CONCURRENTLY cannot run in a transaction (`concurrently-in-transaction`) nor on a partitioned table, of which this rule
therefore says nothing.
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
