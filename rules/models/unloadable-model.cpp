#include "rules/findings/problem_findings.h"

namespace schemaudit {

extern const Rule unloadable_model;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_model_problems(context, unloadable_model.info, ProblemKind::would_not_load);
}

}  // namespace

const Rule unloadable_model{{.id = "unloadable-model",
                             .severity = Severity::high,
                             .category = "models",
                             .needs = {Role::modelled},
                             .summary = "A model that its library would refuse to load.",
                             .docs = R"md(## What it does
Reports what SQLAlchemy or Prisma would refuse: an attribute called `metadata`, a mapped class without a
primary key, a relation to a model that is nowhere. The model is read all the same.

## Why it matters
The program does not start, or the migration tool does not run. It shows up late where the file is not
imported by a test.

## Example
```python models/event.py
from sqlalchemy import Column, Integer, JSON
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Event(Base):
    __tablename__ = "events"
    id = Column(Integer, primary_key=True)
    metadata = Column(JSON)
```

## Use instead
```python models/event.py
from sqlalchemy import Column, Integer, JSON
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Event(Base):
    __tablename__ = "events"
    id = Column(Integer, primary_key=True)
    details = Column("metadata", JSON)
```

## Limits
Only what concerns tables, columns and constraints is looked at.
)md"},
                            check};

}  // namespace schemaudit
