#include <string>
#include <utility>

#include "rules/facts/descriptions.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule undescribed_table;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  outcome.not_run = reason_without_demand(context, "tables");
  if (!outcome.not_run.empty()) return outcome;
  const DocumentationDemand demand = *documentation_demand(context.policy(), "tables");
  const Origin& policy = context.policy().documentation->origin;
  for (const Relation& relation : context.schema.relations) {
    if (!stands_for_itself(relation) || !is_in_scope(context.policy(), relation.name)) continue;
    ++outcome.checked;
    // That documents were read and leave the table out is for undocumented-table to say.
    if (demand != DocumentationDemand::comment && context.docs && !in_docs(context, relation))
      continue;
    if (!lacks_description(context, demand, relation.comment, in_docs(context, relation))) continue;
    Finding finding = start_finding(context, undescribed_table.info, object_of(relation),
                                    relation.origin, policy);
    finding.message =
        "Table " + to_string(relation.name) + description_lacking(demand, relation.comment);
    finding.evidence.of(context.role) = description_evidence(relation.comment);
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule undescribed_table{
    {.id = "undescribed-table",
     .severity = Severity::medium,
     .category = "documentation",
     .needs_policy = true,
     .summary = "A table without the description that policy.documentation asks for.",
     .docs = R"md(## What it does
For `[policy.documentation]` with `tables`, reports each table that is not described.
`"comment"` asks for a comment in the database, `"docs"` for an entry in the
schema documents, `"either"` for one of the two. A blank comment, or one that only says `TODO`, is
none. `scope` says for which (`["public.*", "!legacy_*"]`).

## Why it matters
Who meets the table in a query, a dump or a catalogue has nothing else to learn from what it is for.

## Example
```sql
CREATE TABLE accruals (id bigint PRIMARY KEY);
```
```toml
[policy.documentation]
tables = "comment"
```

## Use instead
```sql
CREATE TABLE accruals (id bigint PRIMARY KEY);
COMMENT ON TABLE accruals IS 'Interest earned and not yet paid, one row a day.';
```
```toml
[policy.documentation]
tables = "comment"
```

## Limits
Partitions are told by their root: they do not take over its comment, and need none. What a
description says is not judged. Objects of extensions are not looked at.
)md"},
    check};

}  // namespace schemaudit
