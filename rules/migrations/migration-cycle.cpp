#include "rules/findings/chain_findings.h"

namespace schemaudit {

extern const Rule migration_cycle;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_faults(context, migration_cycle.info, ChainFaultKind::cycle);
}

}  // namespace

const Rule migration_cycle{{.id = "migration-cycle",
                            .severity = Severity::high,
                            .category = "migrations",
                            .needs = {Role::declared},
                            .summary = "Alembic revisions that wait for each other.",
                            .docs = R"md(## What it does
Reports revisions whose `down_revision` or `depends_on` lead round in a circle.

## Why it matters
None of them can ever run, nor any that follows them.

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
down_revision = "c"

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
All revisions that cannot run because of a circle are named in one finding.
)md"},
                           check};

}  // namespace schemaudit
