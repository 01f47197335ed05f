#include "rules/findings/model_findings.h"

namespace schemaudit {

extern const Rule migration_without_model;

namespace {

RuleOutcome check(const RuleContext& context) {
  return model_findings(context, migration_without_model.info, ModelGap::not_modelled);
}

}  // namespace

const Rule migration_without_model{
    {.id = "migration-without-model",
     .severity = Severity::medium,
     .category = "models",
     .needs = {Role::modelled},
     .summary = "A table or column that migrations make and no model states.",
     .docs = R"md(## What it does
Compares the models with what migrations or SQL files declare, or with the live database where neither
was given. A table or column that only those have is reported, at the line that makes it.

## Why it matters
A tool that writes migrations from the models proposes to drop it; a column that is not null and has no
default breaks every insert of the program.

## Example
```python models/user.py
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
```
```sql declared
CREATE TABLE users (id serial PRIMARY KEY, nickname varchar(40));
```

## Use instead
```python models/user.py
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    nickname = Column(String(40))
```
```sql declared
CREATE TABLE users (id serial PRIMARY KEY, nickname varchar(40));
```

## Limits
Partitions, views, CHECK constraints, triggers and defaults may be the database's alone. Tables that
belong to another program are left out with `[scope] ignore`. Where models could not be read whole,
nothing is said of columns that they may state.
)md"},
    check};

}  // namespace schemaudit
