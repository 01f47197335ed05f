#include "rules/findings/chain_findings.h"

namespace schemaudit {

extern const Rule orphan_way_back;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_faults(context, orphan_way_back.info, ChainFaultKind::missing_up);
}

}  // namespace

const Rule orphan_way_back{{.id = "orphan-way-back",
                            .severity = Severity::medium,
                            .category = "migrations",
                            .needs = {Role::declared},
                            .summary = "A way back whose way up is not there.",
                            .docs = R"md(## What it does
Reports a down, undo or rollback file that belongs to no migration.

## Why it matters
The migration was renamed and its way back was not, so that it has none now; or it was deleted after it
had run somewhere.

## Example
```sql migrations/1_users.up.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/1_users.down.sql
DROP TABLE users;
```
```sql migrations/2_bills.down.sql
DROP TABLE bills;
```

## Use instead
```sql migrations/1_users.up.sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```sql migrations/1_users.down.sql
DROP TABLE users;
```

## Limits
Among plain SQL files a way back is known by `down`, `rollback`, `undo` or `revert` in its name.
)md"},
                           check};

}  // namespace schemaudit
