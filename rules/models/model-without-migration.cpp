#include "rules/findings/model_findings.h"

namespace schemaudit {

extern const Rule model_without_migration;

namespace {

RuleOutcome check(const RuleContext& context) {
  return model_findings(context, model_without_migration.info, ModelGap::not_built);
}

}  // namespace

const Rule model_without_migration{
    {.id = "model-without-migration",
     .severity = Severity::high,
     .category = "models",
     .needs = {Role::modelled},
     .summary = "A table or column of the models that no migration makes.",
     .docs = R"md(## What it does
Compares the models with what migrations or SQL files declare, or with the live database where neither
was given. A table or column that only the models have is reported, at its line in the models. Of a
table that is absent nothing is said of its columns. What docs say of it is shown with it.

## Why it matters
The program asks for it at its first query, and the database answers that it does not exist.

## Example
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
CREATE TABLE users (id serial PRIMARY KEY);
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
CREATE TABLE users (id serial PRIMARY KEY);
ALTER TABLE users ADD COLUMN nickname varchar(40);
```

## Limits
What both have and differ in is told by the mismatch rules. A table whose name alone cannot be told
without running the models is told by `unread-model`.
)md"},
    check};

}  // namespace schemaudit
