#include <string>
#include <utility>

#include "rules/facts/checked_columns.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/facts/tenancy.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule nullable_tenant_column;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<TenancyPolicy>& policy = context.policy().tenancy;
  if (!policy) {
    outcome.not_run = "no [policy.tenancy] in the config";
    return outcome;
  }
  const Tenancy tenancy(context.schema, *policy);
  for (const Relation& relation : context.schema.relations) {
    const Column* column = tenancy.column(relation);
    if (!column || !tenancy.in_scope(relation)) continue;
    ++outcome.checked;
    if (!column->nullable.value_or(false) || is_checked_not_null(relation, *column)) continue;
    Finding finding = start_finding(context, nullable_tenant_column.info,
                                    object_of(relation, *column), column->origin, policy->origin);
    finding.message = name_of(relation, *column) + " may be NULL: such a row belongs to nobody.";
    finding.evidence.of(context.role) =
        column->name + " " + (column->type ? column->type->text + ", " : "") + "nullable";
    finding.fix = Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " ALTER COLUMN " +
                                        sql_name(column->name) + " SET NOT NULL;"};
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule nullable_tenant_column{{.id = "nullable-tenant-column",
                                   .severity = Severity::high,
                                   .category = "tenancy",
                                   .needs_policy = true,
                                   .summary = "A tenant column that may be NULL.",
                                   .docs = R"md(## What it does
For `[policy.tenancy]`, reports its tables on which the tenant column is nullable.

## Why it matters
`WHERE tenant_id = $1` never returns a row without a tenant, and a foreign key does not check it: the
row is lost, or shown to everybody by the query that forgets the condition.

## Example
```sql
CREATE TABLE tenants (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE projects (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id bigint REFERENCES tenants (id)
);
CREATE INDEX ON projects (tenant_id);
```
```toml
[policy.tenancy]
column = "tenant_id"
tables = "*"
```

## Use instead
```sql
CREATE TABLE tenants (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE projects (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id bigint NOT NULL REFERENCES tenants (id)
);
CREATE INDEX ON projects (tenant_id);
```
```toml
[policy.tenancy]
column = "tenant_id"
tables = "*"
```

## Limits
A validated CHECK that says no more than `IS NOT NULL` counts as NOT NULL.
)md"},
                                  check};

}  // namespace schemaudit
