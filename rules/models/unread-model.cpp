#include "rules/findings/problem_findings.h"

namespace schemaudit {

extern const Rule unread_model;

namespace {

RuleOutcome check(const RuleContext& context) {
  RuleOutcome outcome =
      findings_of_model_problems(context, unread_model.info, ProblemKind::unread_schema);
  RuleOutcome hidden =
      findings_of_model_problems(context, unread_model.info, ProblemKind::unanalysed);
  outcome.findings.insert(outcome.findings.end(), hidden.findings.begin(), hidden.findings.end());
  return outcome;
}

}  // namespace

const Rule unread_model{{.id = "unread-model",
                         .severity = Severity::medium,
                         .category = "models",
                         .needs = {Role::modelled},
                         .summary = "A part of a model that only running it would tell.",
                         .docs = R"md(## What it does
Models are read without running them. Reports each fact that cannot be told that way: a type that a
function of the project chooses, a column that is added in a loop over a query. Such a fact is unknown, and
compared with nothing.

## Why it matters
What was not read was not checked: an audit that passes says nothing of it.

## Example
```python models/note.py
import os

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    title = Column(String(int(os.environ["TITLE_LENGTH"])), nullable=False)
```

## Use instead
```python models/note.py
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    title = Column(String(200), nullable=False)
```

## Limits
Where even the tables or columns cannot be told, the evidence is incomplete, too. A source
`command:...` that lets the models print their SQL has no such limits.
)md"},
                        check};

}  // namespace schemaudit
