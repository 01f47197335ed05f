#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "rules/facts/live_row_predicates.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/facts/tenancy.h"
#include "rules/facts/unique_keys.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule unindexed_tenant_column;

namespace {

bool finds_rows_of(const SchemaContext& context, const Relation& relation, const Index& index,
                   const std::string& column) {
  if (!index.valid.value_or(true) || index.method == "brin") return false;
  if (reach_of(context, relation, index.predicate, {column}) == Reach::some) return false;
  auto is_it = [&](const IndexKey& key) { return key.column == column; };
  // A gin index finds by any of its keys.
  if (index.method == "gin") return std::any_of(index.keys.begin(), index.keys.end(), is_it);
  return !index.keys.empty() && is_it(index.keys.front());
}

bool is_indexed(const SchemaContext& context, const Relation& relation, const std::string& column) {
  for (const Index& index : relation.indexes)
    if (finds_rows_of(context, relation, index, column)) return true;
  // Not every source tells the indexes of constraints.
  for (const UniqueKey& key : unique_keys(relation))
    if (key.is_constraint && !key.columns.empty() && key.columns.front() == column) return true;
  // LIST (tenant_id): the server goes to the tenant's partition.
  return relation.partition_key && (!relation.partition_key->decided ||
                                    relation.partition_key->text.find(
                                        "(" + quote_identifier(column) + ")") != std::string::npos);
}

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
    if (!column || !tenancy.in_scope(relation) || !keeps_rows(relation) ||
        !relation.coverage.indexes)
      continue;
    ++outcome.checked;
    if (is_indexed(context, relation, column->name)) continue;
    Finding finding = start_finding(context, unindexed_tenant_column.info,
                                    object_of(relation, *column), column->origin, policy->origin);
    finding.message = "No index begins with " + name_of(relation, *column) +
                      ", by which every query of a tenant looks for its rows.";
    finding.fix = Fix{FixKind::sql, "CREATE INDEX ON " + sql_name(relation.name) + " (" +
                                        sql_name(column->name) + ");"};
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule unindexed_tenant_column{{.id = "unindexed-tenant-column",
                                    .severity = Severity::medium,
                                    .category = "tenancy",
                                    .needs_policy = true,
                                    .summary = "A tenant column that no index begins with.",
                                    .docs = R"md(## What it does
For `[policy.tenancy]`, reports its tables on which no valid index begins with the tenant column.

## Why it matters
Every query of a tenant asks for its own rows first. Without such an index it reads the rows of all
tenants, and a row security policy on the column does so for each query.

## Example
```sql
CREATE TABLE projects (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account bigint NOT NULL,
  title text NOT NULL,
  UNIQUE (title, account)
);
```
```toml
[policy.tenancy]
column = "account"
tables = "*"
```

## Use instead
```sql
CREATE TABLE projects (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account bigint NOT NULL,
  title text NOT NULL,
  UNIQUE (account, title)
);
```
```toml
[policy.tenancy]
column = "account"
tables = "*"
```

## Limits
A partial index counts where its predicate only leaves out deleted rows, or NULLs. A BRIN index does
not count; a table that is partitioned by the column alone needs none.
)md"},
                                   check};

}  // namespace schemaudit
