#include <string>

#include "rules/findings/hazard_findings.h"

namespace schemaudit {

extern const Rule validate_in_same_transaction;

namespace {

std::string look(const MigrationChange& each) {
  const Change& change = *each.change;
  if (change.kind != ChangeKind::validate_constraint || !each.added_in_same_transaction ||
      each.table_is_new)
    return {};
  return "Constraint " + quote_identifier(change.object.name) + " of " + table_named(change) +
         " is validated in the transaction that adds it: the strong lock is held all the while.";
}

RuleOutcome check(const RuleContext& context) {
  return findings_of_hazards(context, validate_in_same_transaction.info, look);
}

}  // namespace

const Rule validate_in_same_transaction{
    {.id = "validate-in-same-transaction",
     .severity = Severity::low,
     .category = "hazards",
     .profile = Profile::strict,
     .needs = {Role::declared},
     .summary = "A constraint is validated in the transaction that added it NOT VALID.",
     .docs = R"md(## What it does
Reports VALIDATE CONSTRAINT in the same transaction as the ADD CONSTRAINT ... NOT VALID.

## Why it matters
The lock of ADD CONSTRAINT is kept until the transaction ends, so that the rows are read under it after all: NOT VALID
has gained nothing.

## Example
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
BEGIN;
ALTER TABLE users ADD CONSTRAINT users_email_check CHECK (email LIKE '%@%') NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_email_check;
COMMIT;
```
```toml
[rules.validate-in-same-transaction]
severity = "low"
```

## Use instead
```sql migrations/1_step.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, plan text);
```
```sql migrations/2_step.sql
BEGIN;
ALTER TABLE users ADD CONSTRAINT users_email_check CHECK (email LIKE '%@%') NOT VALID;
COMMIT;
ALTER TABLE users VALIDATE CONSTRAINT users_email_check;
```
```toml
[rules.validate-in-same-transaction]
severity = "low"
```

## Limits
It speaks where the transaction is certain: between BEGIN and COMMIT, or by the tool (Alembic, dbmate, goose,
golang-migrate).
)md",
     .question = kAskWhatIsApplied},
    check};

}  // namespace schemaudit
