#include "rules/findings/problem_findings.h"

namespace schemaudit {

extern const Rule garbled_text;

namespace {

RuleOutcome check(const RuleContext& context) {
  return findings_of_problems(context, garbled_text.info, ProblemKind::garbled_text);
}

}  // namespace

const Rule garbled_text{{.id = "garbled-text",
                         .severity = Severity::low,
                         .category = "documentation",
                         .needs = {Role::documented},
                         .summary = "Text that was decoded wrongly on its way into the document.",
                         .docs = R"md(## What it does
Reports text that was written in UTF-8 and read as another encoding somewhere on its way.

## Why it matters
It is hard to read, and names in it match nothing.

## Example
````markdown docs/schema.md
# users

‚úÖ Done: the table is live.

| Column | Type |
|---|---|
| id | bigint |
````

## Use instead
````markdown docs/schema.md
# users

✅ Done: the table is live.

| Column | Type |
|---|---|
| id | bigint |
````

## Limits
Only sequences that are very unlikely in any language are taken for garbled. One finding is
made for a document.
)md"},
                        check};

}  // namespace schemaudit
