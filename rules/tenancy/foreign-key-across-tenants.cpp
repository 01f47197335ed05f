#include <algorithm>
#include <string>
#include <utility>

#include "rules/facts/foreign_key_text.h"
#include "rules/facts/tables.h"
#include "rules/facts/tenancy.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule foreign_key_across_tenants;

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
    if (!tenancy.column(relation) || !tenancy.in_scope(relation)) continue;
    for (const ForeignKey& foreign_key : relation.foreign_keys) {
      const Relation* parent = context.schema.find_relation(foreign_key.target);
      if (foreign_key.inherited || !parent || !tenancy.column(*parent) ||
          !tenancy.in_scope(*parent))
        continue;
      ++outcome.checked;
      if (std::find(foreign_key.columns.begin(), foreign_key.columns.end(), policy->column) !=
          foreign_key.columns.end())
        continue;
      Finding finding = start_finding(context, foreign_key_across_tenants.info,
                                      constraint_of(relation, foreign_key.name), foreign_key.origin,
                                      policy->origin);
      finding.message = "Foreign key " + name_of(foreign_key) + " lets a row of " +
                        to_string(relation.name) + " refer to a row of " + to_string(parent->name) +
                        " that belongs to another tenant.";
      finding.evidence.of(context.role) = describe(foreign_key);
      outcome.findings.push_back(std::move(finding));
    }
  }
  return outcome;
}

}  // namespace

const Rule foreign_key_across_tenants{
    {.id = "foreign-key-across-tenants",
     .severity = Severity::medium,
     .category = "tenancy",
     .profile = Profile::strict,
     .needs_policy = true,
     .summary = "A foreign key between two tenants' tables that leaves the tenant out.",
     .docs = R"md(## What it does
For `[policy.tenancy]`, reports foreign keys whose table and target both have the tenant column, and
which leave it out.

## Why it matters
Foreign keys are checked past row security. A row of one tenant may refer to another tenant's
project, and the database finds nothing wrong with it.

## Example
```sql
CREATE TABLE projects (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account bigint NOT NULL
);
CREATE INDEX ON projects (account);
CREATE TABLE files (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account bigint NOT NULL,
  project_id bigint NOT NULL REFERENCES projects (id)
);
CREATE INDEX ON files (account);
CREATE INDEX ON files (project_id);
```
```toml
[policy.tenancy]
column = "account"
tables = "*"

[rules.foreign-key-across-tenants]
severity = "medium"
```

## Use instead
```sql
CREATE TABLE projects (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account bigint NOT NULL,
  UNIQUE (account, id)
);
CREATE TABLE files (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account bigint NOT NULL,
  project_id bigint NOT NULL,
  FOREIGN KEY (account, project_id) REFERENCES projects (account, id)
);
CREATE INDEX ON files (account, project_id);
```
```toml
[policy.tenancy]
column = "account"
tables = "*"

[rules.foreign-key-across-tenants]
severity = "medium"
```

## Limits
A trigger that compares the two tenants is not seen.
)md"},
    check};

}  // namespace schemaudit
