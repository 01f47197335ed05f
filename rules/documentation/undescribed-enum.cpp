#include <string>
#include <utility>

#include "rules/facts/descriptions.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule undescribed_enum;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  outcome.not_run = reason_without_demand(context, "enums");
  if (!outcome.not_run.empty()) return outcome;
  const DocumentationDemand demand = *documentation_demand(context.policy(), "enums");
  const Origin& policy = context.policy().documentation->origin;
  for (const EnumType& type : context.schema.enums) {
    if (!is_in_scope(context.policy(), type.name)) continue;
    ++outcome.checked;
    if (!lacks_description(context, demand, type.comment, in_docs(context, type))) continue;
    Finding finding =
        start_finding(context, undescribed_enum.info,
                      {"enum", type.name.schema, {}, type.name.name}, type.origin, policy);
    finding.message = "Enum " + to_string(type.name) + description_lacking(demand, type.comment);
    finding.evidence.of(context.role) = description_evidence(type.comment);
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule undescribed_enum{
    {.id = "undescribed-enum",
     .severity = Severity::medium,
     .category = "documentation",
     .needs_policy = true,
     .summary = "An enum without the description that policy.documentation asks for.",
     .docs = R"md(## What it does
For `[policy.documentation]` with `enums`, reports each enum type that is not described.
`"comment"` asks for a comment in the database, `"docs"` for an entry in the
schema documents, `"either"` for one of the two. A blank comment, or one that only says `TODO`, is
none. `scope` says for which (`["public.*", "!legacy_*"]`).

## Why it matters
The labels are short; which one follows which, and what each lets happen, has to stand somewhere.

## Example
```sql
CREATE TYPE phase AS ENUM ('planned', 'running', 'done');
CREATE TABLE jobs (id bigint PRIMARY KEY, phase phase NOT NULL);
```
```toml
[policy.documentation]
enums = "comment"
```

## Use instead
```sql
CREATE TYPE phase AS ENUM ('planned', 'running', 'done');
COMMENT ON TYPE phase IS 'Where a job stands: planned, then running, then done.';
CREATE TABLE jobs (id bigint PRIMARY KEY, phase phase NOT NULL);
```
```toml
[policy.documentation]
enums = "comment"
```

## Limits
PostgreSQL has no comments on single labels. Enums of extensions are not looked at.
)md"},
    check};

}  // namespace schemaudit
