#include <algorithm>
#include <string>
#include <utility>

#include "rules/facts/row_security.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/facts/tenancy.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule row_security_off;

namespace {

bool is_off(const Relation& relation) {
  return relation.row_security.has_value() && !*relation.row_security;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<TenancyPolicy>& policy = context.policy().tenancy;
  if (!policy) {
    outcome.not_run = "no [policy.tenancy] in the config";
    return outcome;
  }
  const Tenancy tenancy(context.schema, *policy);
  auto has_it = [&](const Relation& relation) {
    return tenancy.in_scope(relation) && relation.row_security.value_or(false);
  };
  const bool in_use =
      std::any_of(context.schema.relations.begin(), context.schema.relations.end(), has_it);
  for (const Relation& relation : context.schema.relations) {
    if (!tenancy.in_scope(relation) || !relation.row_security) continue;
    ++outcome.checked;
    if (!is_off(relation)) continue;
    const bool granted = is_granted_to_others(relation);
    if (!policy->row_security && !in_use && !granted) continue;
    Finding finding = start_finding(context, row_security_off.info, object_of(relation),
                                    relation.origin, policy->origin);
    finding.message = "Table " + to_string(relation.name) +
                      " holds rows of several tenants, and its row security is off";
    finding.message += granted ? ": every role that may read it reads the rows of all." : ".";
    finding.evidence.of(context.role) = "row security off";
    finding.fix =
        Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " ENABLE ROW LEVEL SECURITY;"};
    if (policy->row_security)
      outcome.findings.push_back(std::move(finding));
    else
      outcome.suspicions.push_back({std::move(finding)});
  }
  return outcome;
}

}  // namespace

const Rule row_security_off{
    {.id = "row-security-off",
     .severity = Severity::high,
     .category = "security",
     .needs_policy = true,
     .summary = "A table of the tenancy policy without row security.",
     .docs = R"md(## What it does
For `[policy.tenancy]` with `row_security = "required"`, reports each of its tables on which row security
is off. Without that line such tables become one question where other tables of the policy have row
security, or where roles besides the owner may use them.

## Why it matters
Without row security one query that forgets its WHERE shows a tenant the rows of all others.

## Example
```sql
CREATE TABLE tenants (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id bigint NOT NULL REFERENCES tenants (id)
);
CREATE INDEX ON notes (tenant_id);
```
```toml
[policy.tenancy]
column = "tenant_id"
tables = "notes"
row_security = "required"
```

## Use instead
```sql
CREATE TABLE tenants (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id bigint NOT NULL REFERENCES tenants (id)
);
CREATE INDEX ON notes (tenant_id);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_tenant ON notes
  USING (tenant_id = current_setting('app.tenant')::bigint);
```
```toml
[policy.tenancy]
column = "tenant_id"
tables = "notes"
row_security = "required"
```

## Limits
Whether an application connects as the owner or as a superuser, on whom row security has no hold, is not
looked at; `row-security-not-forced` asks about the former. Until a policy exists, row security that is on
hides every row.
)md",
     .question = {"table of several tenants has no row security. Should it?",
                  "tables of several tenants have no row security. Should they?",
                  "# yes: add this line\n"
                  "[policy.tenancy]\n"
                  "row_security = \"required\"\n"
                  "# no: do not ask again\n"
                  "# [rules.row-security-off]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
