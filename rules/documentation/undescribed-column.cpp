#include <string>
#include <utility>

#include "rules/facts/descriptions.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule undescribed_column;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  outcome.not_run = reason_without_demand(context, "columns");
  if (!outcome.not_run.empty()) return outcome;
  const DocumentationDemand demand = *documentation_demand(context.policy(), "columns");
  const Origin& policy = context.policy().documentation->origin;
  for (const Relation& relation : context.schema.relations) {
    if (!stands_for_itself(relation) || !is_in_scope(context.policy(), relation.name)) continue;
    for (const Column& column : relation.columns) {
      if (column.inherited) continue;
      ++outcome.checked;
      if (!lacks_description(context, demand, column.comment, in_docs(context, relation, column)))
        continue;
      Finding finding = start_finding(context, undescribed_column.info, object_of(relation, column),
                                      column.origin, policy);
      finding.message =
          "Column " + name_of(relation, column) + description_lacking(demand, column.comment);
      finding.evidence.of(context.role) = description_evidence(column.comment);
      outcome.findings.push_back(std::move(finding));
    }
  }
  return outcome;
}

}  // namespace

const Rule undescribed_column{
    {.id = "undescribed-column",
     .severity = Severity::medium,
     .category = "documentation",
     .needs_policy = true,
     .summary = "A column without the description that policy.documentation asks for.",
     .docs = R"md(## What it does
For `[policy.documentation]` with `columns`, reports each column of a table that is not described.
`"comment"` asks for a comment in the database, `"docs"` for an entry in the
schema documents, `"either"` for one of the two. A blank comment, or one that only says `TODO`, is
none. `scope` says for which (`["public.*", "!legacy_*"]`).

## Why it matters
Units, time zones, who fills the column and what NULL means stand nowhere else.

## Example
```sql
CREATE TABLE accruals (id bigint PRIMARY KEY);
```
```toml
[policy.documentation]
columns = "comment"
```

## Use instead
```sql
CREATE TABLE accruals (id bigint PRIMARY KEY);
COMMENT ON COLUMN accruals.id IS 'Given by the booking system.';
```
```toml
[policy.documentation]
columns = "comment"
```

## Limits
Columns of views and partitions, and those a child inherits, are not asked for. An entry in the
docs counts even where it says no more than the type.
)md"},
    check};

}  // namespace schemaudit
