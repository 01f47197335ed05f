#include <string>
#include <utility>

#include "rules/facts/condition_text.h"
#include "rules/facts/predicates.h"
#include "rules/facts/row_security.h"
#include "rules/facts/tables.h"
#include "rules/facts/tenancy.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule policy_without_tenant_column;

namespace {

/// Whether the condition might depend on the tenant: it reads the column, or calls what may.
bool may_mind_tenant(const Expression& condition, const std::string& column) {
  return !condition.decided || !columns_in(condition, {column}).empty() ||
         calls_something(condition.normal);
}

/// Whether the policy admits rows of any tenant. One that has no condition, or is false, admits
/// none.
bool ignores_tenant(const Policy& policy, const std::string& column) {
  if (policy.using_expression.is_unknown() || policy.check_expression.is_unknown()) return false;
  bool any = false;
  for (const Fact<Expression>* condition : {&policy.using_expression, &policy.check_expression}) {
    if (!condition->has_value()) continue;
    if (may_mind_tenant(condition->value(), column)) return false;
    any = any || (condition->value().normal != "false" && condition->value().normal != "null");
  }
  return any;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<TenancyPolicy>& tenants = context.policy().tenancy;
  if (!tenants) {
    outcome.not_run = "no [policy.tenancy] in the config";
    return outcome;
  }
  const Tenancy tenancy(context.schema, *tenants);
  for (const Relation& relation : context.schema.relations) {
    if (!tenancy.column(relation) || !tenancy.in_scope(relation) ||
        !relation.row_security.value_or(false))
      continue;
    for (const Policy& policy : relation.policies) {
      if (!policy.permissive) continue;
      ++outcome.checked;
      // An open policy for writes is told by always-true-policy.
      if (is_narrowed(relation, policy) || opens_writes(relation, policy) ||
          !ignores_tenant(policy, tenants->column))
        continue;
      Finding finding =
          start_finding(context, policy_without_tenant_column.info,
                        object_in(relation, "policy", policy.name), policy.origin, tenants->origin);
      finding.message = "Policy " + quote_identifier(policy.name) + " of " +
                        to_string(relation.name) + " does not read " +
                        quote_identifier(tenants->column) + ": it admits rows of every tenant.";
      finding.evidence.of(context.role) = conditions_text(policy);
      if (is_for_everyone(policy))
        outcome.findings.push_back(std::move(finding));
      else
        outcome.suspicions.push_back({std::move(finding)});
    }
  }
  return outcome;
}

}  // namespace

const Rule policy_without_tenant_column{
    {.id = "policy-without-tenant-column",
     .severity = Severity::medium,
     .category = "security",
     .needs_policy = true,
     .summary = "A row security policy of a tenant's table that admits rows of every tenant.",
     .docs = R"md(## What it does
On tables of `[policy.tenancy]` with row security, reports permissive policies for everyone whose
conditions neither read the tenant column nor call a function or query. Those for named roles become
one question.

## Why it matters
Permissive policies are joined by OR: a row that one of them admits is shown, whatever the others
say of its tenant.

## Example
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account bigint NOT NULL,
  is_public boolean NOT NULL
);
CREATE INDEX ON notes (account);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes USING (account = current_setting('app.account')::bigint);
CREATE POLICY public_notes ON notes FOR SELECT USING (is_public);
```
```toml
[policy.tenancy]
column = "account"
tables = "*"
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account bigint NOT NULL,
  is_public boolean NOT NULL
);
CREATE INDEX ON notes (account);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes USING (account = current_setting('app.account')::bigint);
```
```toml
[policy.tenancy]
column = "account"
tables = "*"
```

## Limits
What a function in a policy looks at is not known, so such a policy is not reported; neither is one
beside a restrictive policy for its command. Policies that are true for every row and let rows be
written are the matter of always-true-policy.
)md",
     .question = {"policy for named roles admits rows of every tenant. Is that meant?",
                  "policies for named roles admit rows of every tenant. Is that meant?",
                  "# no: report each of them\n"
                  "[rules.policy-without-tenant-column]\n"
                  "severity = \"medium\"\n"
                  "# yes: do not ask again\n"
                  "# [rules.policy-without-tenant-column]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
