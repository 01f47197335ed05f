#include <string>
#include <utility>

#include "rules/facts/tables.h"
#include "rules/facts/tenancy.h"
#include "rules/facts/unmatched_tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule missing_tenant_column;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<TenancyPolicy>& policy = context.policy().tenancy;
  if (!policy) {
    outcome.not_run = "no [policy.tenancy] in the config";
    return outcome;
  }
  const Tenancy tenancy(context.schema, *policy);
  ask_of_unmatched(missing_tenant_column.info, context.schema, policy->tables, "policy.tenancy",
                   outcome);
  for (const Relation& relation : context.schema.relations) {
    if (!tenancy.in_scope(relation) || !relation.coverage.columns) continue;
    ++outcome.checked;
    if (tenancy.is_owned(relation)) continue;
    Finding finding = start_finding(context, missing_tenant_column.info, object_of(relation),
                                    relation.origin, policy->origin);
    finding.message = "Table " + to_string(relation.name) + " lacks the column " +
                      quote_identifier(policy->column) + " that policy.tenancy asks for";
    finding.message += policy->through_foreign_key
                           ? ", and no foreign key that is never NULL leads to an owned table."
                           : ".";
    finding.key = policy->column;
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule missing_tenant_column{
    {.id = "missing-tenant-column",
     .severity = Severity::high,
     .category = "tenancy",
     .needs_policy = true,
     .summary = "A table of the tenancy policy whose rows belong to nobody.",
     .docs = R"md(## What it does
For `[policy.tenancy]`, reports each of its tables that lacks the column. With
`through = "foreign-key"` a table may also be owned through its parent: by a foreign key whose
columns are NOT NULL and whose target is owned. The table of tenants itself, to which the column's
foreign keys refer, is left out.

## Why it matters
Nothing tells whose such a row is, so no query and no row security policy can keep tenants apart.

## Example
```sql
CREATE TABLE tenants (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE projects (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id bigint NOT NULL REFERENCES tenants (id)
);
CREATE INDEX ON projects (tenant_id);
CREATE TABLE files (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  path text NOT NULL
);
```
```toml
[policy.tenancy]
column = "tenant_id"
tables = "*"
through = "foreign-key"
```

## Use instead
```sql
CREATE TABLE tenants (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE projects (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id bigint NOT NULL REFERENCES tenants (id)
);
CREATE INDEX ON projects (tenant_id);
CREATE TABLE files (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project_id bigint NOT NULL REFERENCES projects (id),
  path text NOT NULL
);
CREATE INDEX ON files (project_id);
```
```toml
[policy.tenancy]
column = "tenant_id"
tables = "*"
through = "foreign-key"
```

## Limits
Without a foreign key on the column anywhere, the table called like it (`tenants` for `tenant_id`) is
taken as that of the tenants. Tables that all tenants share are left out by the policy:
`tables = ["*", "!countries"]`.
)md"},
    check};

}  // namespace schemaudit
