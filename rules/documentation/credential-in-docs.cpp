#include "rules/findings/problem_findings.h"

namespace schemaudit {

extern const Rule credential_in_docs;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_problems(context, credential_in_docs.info, ProblemKind::credential);
}

}  // namespace

const Rule credential_in_docs{{.id = "credential-in-docs",
                               .severity = Severity::high,
                               .category = "documentation",
                               .needs = {Role::documented},
                               .summary = "A password in clear text in a document.",
                               .docs = R"md(## What it does
Reports passwords in connection URLs, `PGPASSWORD=` assignments and connection strings, and what
a label announces (`Password: ...`, `DB_PASSWORD: ...`, `"password": "..."`) where letters are mixed
with digits or symbols. The password itself is shown nowhere.

## Why it matters
Documents are copied, mailed and indexed. Change the password; deleting the line is not enough,
since the history keeps it.

## Example
````markdown docs/setup.md
# users

| Column | Type |
|---|---|
| id | bigint |

Connect with `PGPASSWORD=tr0ub4dor psql -h db.example app`.
````

## Use instead
````markdown docs/setup.md
# users

| Column | Type |
|---|---|
| id | bigint |

Connect with `PGPASSWORD=$APP_PASSWORD psql -h db.example app`.
````

## Limits
Placeholders (`<password>`, `$VAR`, `xxx`, `***`) are not reported. Behind a label neither are plain
words, types, algorithms and lengths: a password that is a word of letters is not seen there. Keys
of other services are not looked for.
)md"},
                              check};

}  // namespace schemaudit
