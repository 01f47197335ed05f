#include <algorithm>
#include <string>
#include <utility>

#include "rules/facts/tables.h"
#include "rules/facts/unmatched_columns.h"
#include "rules/facts/wanted_type.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule column_type_against_policy;

namespace {

Finding breach(const SchemaContext& context, const Relation& relation, const Column& column,
               const TypesPolicy::Wanted& wanted) {
  Finding finding =
      start_finding(context, column_type_against_policy.info, object_of(relation, column),
                    column.origin, wanted.columns.origin);
  finding.message = name_of(relation, column) + " is " + column.type->normal +
                    ", and policy.types" + " asks for " + wanted.text + " (\"" +
                    wanted.columns.text + "\").";
  finding.evidence.of(context.role) = quote_identifier(column.name) + " " + column.type->normal;
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<TypesPolicy>& policy = context.policy().types;
  if (!policy || policy->wanted.empty()) {
    outcome.not_run = "no [policy.types.columns] in the config";
    return outcome;
  }
  for (const Relation& relation : context.schema.relations) {
    if (!stands_for_itself(relation)) continue;
    for (const Column& column : relation.columns) {
      if (column.inherited || !column.type) continue;
      const TypesPolicy::Wanted* wanted = wanted_for(*policy, relation, column);
      if (!wanted) continue;
      ++outcome.checked;
      if (!is_of_type(context.schema, column.type->normal, wanted->type))
        outcome.findings.push_back(breach(context, relation, column, *wanted));
    }
  }
  UnmatchedColumns unmatched("policy.types.columns");
  for (const TypesPolicy::Wanted& wanted : policy->wanted)
    if (!fits_any_column(context.schema, wanted.columns)) unmatched.add(wanted.columns);
  unmatched.ask(outcome, column_type_against_policy.info);
  return outcome;
}

}  // namespace

const Rule column_type_against_policy{
    {.id = "column-type-against-policy",
     .severity = Severity::medium,
     .category = "types",
     .needs_policy = true,
     .summary = "A column of another type than policy.types asks for.",
     .docs = R"md(## What it does
For `[policy.types.columns]`, which gives columns (`table.column`, with globs) a type, reports each
such column of another type. A length or precision counts where the policy states one; a domain
counts as its base type, too. Of several entries that match, the last one written decides.

## Why it matters
Columns that mean the same join, compare and export without casts only while they have one type.

## Example
```sql
CREATE TABLE orders (id bigint PRIMARY KEY, total_cents integer NOT NULL);
```
```toml
[policy.types.columns]
"*.*_cents" = "bigint"
```

## Use instead
```sql
CREATE TABLE orders (id bigint PRIMARY KEY, total_cents bigint NOT NULL);
```
```toml
[policy.types.columns]
"*.*_cents" = "bigint"
```

## Limits
Columns of views follow those of their tables and are not looked at.
)md"},
    check};

}  // namespace schemaudit
