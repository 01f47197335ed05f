#include <string>
#include <utility>

#include "rules/facts/descriptions.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule undescribed_view;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  outcome.not_run = reason_without_demand(context, "views");
  if (!outcome.not_run.empty()) return outcome;
  const DocumentationDemand demand = *documentation_demand(context.policy(), "views");
  const Origin& policy = context.policy().documentation->origin;
  for (const Relation& relation : context.schema.relations) {
    if (!relation.is_view() || !is_in_scope(context.policy(), relation.name)) continue;
    ++outcome.checked;
    if (!lacks_description(context, demand, relation.comment, in_docs(context, relation))) continue;
    Finding finding =
        start_finding(context, undescribed_view.info, object_of(relation), relation.origin, policy);
    finding.message =
        "View " + to_string(relation.name) + description_lacking(demand, relation.comment);
    finding.evidence.of(context.role) = description_evidence(relation.comment);
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule undescribed_view{
    {.id = "undescribed-view",
     .severity = Severity::medium,
     .category = "documentation",
     .needs_policy = true,
     .summary = "A view without the description that policy.documentation asks for.",
     .docs = R"md(## What it does
For `[policy.documentation]` with `views`, reports each view and materialized view that is not
described. `"comment"` asks for a comment in the database, `"docs"` for an entry in the
schema documents, `"either"` for one of the two. A blank comment, or one that only says `TODO`, is
none. `scope` says for which (`["public.*", "!legacy_*"]`).

## Why it matters
A view is an interface: its query tells how the rows come about, and not what for.

## Example
```sql
CREATE VIEW answers AS SELECT 42 AS answer;
```
```toml
[policy.documentation]
views = "comment"
```

## Use instead
```sql
CREATE VIEW answers AS SELECT 42 AS answer;
COMMENT ON VIEW answers IS 'What the report on the front page shows.';
```
```toml
[policy.documentation]
views = "comment"
```

## Limits
Columns of views are not asked for. Views of extensions are not looked at.
)md"},
    check};

}  // namespace schemaudit
