#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/predicates.h"
#include "rules/facts/private_values.h"
#include "rules/facts/tables.h"
#include "rules/facts/tenancy.h"
#include "rules/facts/unique_keys.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule unique_without_tenant;

namespace {

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool reads(const Expression& expression, const std::string& column) {
  return !expression.decided || !columns_in(expression, {column}).empty();
}

/// Whether the key reads the tenant column in an expression or its predicate, or might.
bool reads_tenant(const Relation& relation, const UniqueKey& key, const std::string& column) {
  if (holds(key.columns, column) || (key.predicate && reads(*key.predicate, column))) return true;
  if (!key.has_expressions) return false;
  for (const Index& index : relation.indexes)
    if (index.name == key.name)
      for (const IndexKey& part : index.keys)
        if (part.column == column || (part.expression && reads(*part.expression, column)))
          return true;
  return false;
}

/// Whether the key holds a whole foreign key to a table that is owned: such a parent belongs to
/// one tenant, and so do its children.
bool is_within_a_parent(const SchemaContext& context, const Tenancy& tenancy,
                        const Relation& relation, const std::vector<std::string>& columns) {
  for (const ForeignKey& foreign_key : relation.foreign_keys) {
    const Relation* parent = context.schema.find_relation(foreign_key.target);
    if (!parent || !tenancy.is_owned(*parent)) continue;
    if (std::all_of(foreign_key.columns.begin(), foreign_key.columns.end(),
                    [&](const std::string& column) { return holds(columns, column); }))
      return true;
  }
  return false;
}

std::vector<std::string> plain_columns(const Relation& relation, const UniqueKey& key) {
  if (!key.has_expressions) return key.columns;
  std::vector<std::string> columns;
  for (const Index& index : relation.indexes)
    if (index.name == key.name)
      for (const IndexKey& part : index.keys)
        if (part.column) columns.push_back(*part.column);
  return columns;
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
    if (!tenancy.column(relation) || !tenancy.in_scope(relation) || !keeps_rows(relation)) continue;
    for (const UniqueKey& key : unique_keys(relation)) {
      if (key.is_primary || !key.valid) continue;
      ++outcome.checked;
      const std::vector<std::string> columns = plain_columns(relation, key);
      if (reads_tenant(relation, key, policy->column) ||
          is_over_made_up_values(context.schema, relation, columns) ||
          is_referenced(context.schema, relation, key.columns) ||
          is_within_a_parent(context, tenancy, relation, columns))
        continue;
      Finding finding = start_finding(
          context, unique_without_tenant.info,
          key.is_constraint ? constraint_of(relation, key.name) : index_of(relation, key.name),
          key.origin, policy->origin);
      const std::string what = key.columns.empty()
                                   ? "Unique index " + quote_identifier(key.name)
                                   : "UNIQUE (" + join_identifiers(key.columns) + ")";
      finding.message = what + " of " + to_string(relation.name) + " leaves out " +
                        quote_identifier(policy->column) +
                        ": what one tenant has, no other tenant may have.";
      finding.evidence.of(context.role) = what;
      outcome.findings.push_back(std::move(finding));
    }
  }
  return outcome;
}

}  // namespace

const Rule unique_without_tenant{
    {.id = "unique-without-tenant",
     .severity = Severity::medium,
     .category = "tenancy",
     .needs_policy = true,
     .summary = "A unique key of a tenant's table that leaves the tenant out.",
     .docs = R"md(## What it does
For `[policy.tenancy]`, reports unique constraints and indexes of its tables that leave the tenant
column out.

## Why it matters
A tenant is refused a name because another one has it, and learns by that what the other one has.

## Example
```sql
CREATE TABLE tenants (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE projects (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id bigint NOT NULL REFERENCES tenants (id),
  title text NOT NULL UNIQUE
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
  tenant_id bigint NOT NULL REFERENCES tenants (id),
  title text NOT NULL,
  UNIQUE (tenant_id, title)
);
```
```toml
[policy.tenancy]
column = "tenant_id"
tables = "*"
```

## Limits
Left out are primary keys and what holds one, keys that a foreign key refers to, keys that hold the
foreign key to a parent which belongs to one tenant, and keys over values that nobody chooses:
generated ones, uuids, columns named token, hash, digest. What has to be unique over all tenants, a
domain name or the e-mail address of a login, is waived.
)md"},
    check};

}  // namespace schemaudit
