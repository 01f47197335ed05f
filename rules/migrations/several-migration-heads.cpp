#include "rules/findings/chain_findings.h"

namespace schemaudit {

extern const Rule several_migration_heads;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_faults(context, several_migration_heads.info, ChainFaultKind::several_heads);
}

}  // namespace

const Rule several_migration_heads{
    {.id = "several-migration-heads",
     .severity = Severity::high,
     .category = "migrations",
     .needs = {Role::declared},
     .summary = "A chain of Alembic revisions with more than one end.",
     .docs = R"md(## What it does
Reports a folder in which several revisions are followed by none.

## Why it matters
Two branches added a revision on the same parent. `alembic upgrade head` refuses until a merge revision
joins them.

## Example
```python migrations/versions/a.py
from alembic import op
revision = "a"
down_revision = None

def upgrade():
    op.execute("CREATE TABLE table_a (id bigint PRIMARY KEY)")
```
```python migrations/versions/b.py
from alembic import op
revision = "b"
down_revision = "a"

def upgrade():
    op.execute("CREATE TABLE table_b (id bigint PRIMARY KEY)")
```
```python migrations/versions/c.py
from alembic import op
revision = "c"
down_revision = "a"

def upgrade():
    op.execute("CREATE TABLE table_c (id bigint PRIMARY KEY)")
```

## Use instead
```python migrations/versions/a.py
from alembic import op
revision = "a"
down_revision = None

def upgrade():
    op.execute("CREATE TABLE table_a (id bigint PRIMARY KEY)")
```
```python migrations/versions/b.py
from alembic import op
revision = "b"
down_revision = "a"

def upgrade():
    op.execute("CREATE TABLE table_b (id bigint PRIMARY KEY)")
```
```python migrations/versions/c.py
from alembic import op
revision = "c"
down_revision = "b"

def upgrade():
    op.execute("CREATE TABLE table_c (id bigint PRIMARY KEY)")
```

## Limits
Branches that are meant to stay apart (branch labels) are told, too.
)md"},
    check};

}  // namespace schemaudit
