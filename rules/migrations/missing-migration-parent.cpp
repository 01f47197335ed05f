#include "rules/findings/chain_findings.h"

namespace schemaudit {

extern const Rule missing_migration_parent;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_faults(context, missing_migration_parent.info, ChainFaultKind::missing_parent);
}

}  // namespace

const Rule missing_migration_parent{{.id = "missing-migration-parent",
                                     .severity = Severity::high,
                                     .category = "migrations",
                                     .needs = {Role::declared},
                                     .summary = "An Alembic revision whose parent is in no file.",
                                     .docs = R"md(## What it does
Reports a `down_revision` or `depends_on` that names a revision which the folder does not hold.

## Why it matters
The file was deleted, is on another branch, or its id is misspelt. Alembic refuses to load the folder.

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
down_revision = "gone"

def upgrade():
    op.execute("CREATE TABLE table_b (id bigint PRIMARY KEY)")
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

## Limits
Ids are compared as a whole: Alembic takes the beginning of an id on the command line only.
)md"},
                                    check};

}  // namespace schemaudit
