#include <string>
#include <vector>

#include "rules/facts/isolation_border.h"
#include "rules/facts/sql_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule forbidden_foreign_key;

namespace {

std::string describe(const ForeignKey& foreign_key) {
  std::string text = "FOREIGN KEY (" + join_identifiers(foreign_key.columns) + ") REFERENCES " +
                     to_string(foreign_key.target);
  if (!foreign_key.target_columns.empty())
    text += " (" + join_identifiers(foreign_key.target_columns) + ")";
  return text;
}

std::string names_of(const std::vector<const IsolationPolicy*>& policies) {
  std::string names;
  for (const IsolationPolicy* policy : policies)
    names += (names.empty() ? "" : " and ") + policy_name(*policy);
  return names;
}

Finding breach(const SchemaContext& context, const Relation& relation,
               const ForeignKey& foreign_key, const std::vector<const IsolationPolicy*>& policies) {
  const IsolationPolicy& first = *policies.front();
  Finding finding =
      start_finding(context, forbidden_foreign_key.info, constraint_of(relation, foreign_key.name),
                    foreign_key.origin, first.origin);
  finding.message = "Foreign key " + quote_identifier(foreign_key.name) + " ties " +
                    to_string(relation.name) + " to " + to_string(foreign_key.target) + ": " +
                    names_of(policies) +
                    (first.foreign_keys == ForeignKeyStance::forbid
                         ? " forbids foreign keys on its tables and to them."
                         : " forbids foreign keys across its border.");
  finding.evidence.of(context.role) = describe(foreign_key);
  finding.fix = Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " DROP CONSTRAINT " +
                                      sql_name(foreign_key.name) + ";"};
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const Config& config = context.input.config;
  const Schema& schema = context.schema;
  bool any = false;
  for (const IsolationPolicy& policy : config.policy.isolation) {
    if (policy.foreign_keys == ForeignKeyStance::allow) continue;
    any = true;
    std::size_t inside = tables_inside(schema, policy);
    outcome.checked += inside;
    if (inside == 0) {
      ask_of_unmatched(forbidden_foreign_key.info, policy, outcome);
      outcome.not_run = policy_name(policy) + " matches no table";
    }
  }
  if (!any) {
    outcome.not_run = "no [policy.isolation.*] that restricts foreign_keys in the config";
    return outcome;
  }
  for (const Relation& relation : schema.relations)
    for (const ForeignKey& foreign_key : relation.foreign_keys) {
      std::vector<const IsolationPolicy*> policies = broken_policies(config, relation, foreign_key);
      if (!policies.empty())
        outcome.findings.push_back(breach(context, relation, foreign_key, policies));
    }
  return outcome;
}

}  // namespace

const Rule forbidden_foreign_key{
    {.id = "forbidden-foreign-key",
     .severity = Severity::critical,
     .category = "isolation",
     .needs_policy = true,
     .summary = "A foreign key that an isolation policy of the config forbids.",
     .docs = R"md(## What it does
For each `[policy.isolation.*]` with `foreign_keys = "forbid"`, reports every live foreign key on a
table of the policy or to one; with `"inside"`, every one that crosses the border. The catalog is
read directly, so a role that has only SELECT sees the same.

## Why it matters
A foreign key makes tables that were meant to be removable block deletes, need an order, and
cascade.

## Example
```sql
CREATE TABLE p3_signal (id bigint PRIMARY KEY);
CREATE TABLE p3_cache (id bigint PRIMARY KEY, signal_id bigint);
ALTER TABLE p3_cache ADD FOREIGN KEY (signal_id) REFERENCES p3_signal (id);
```
```toml
[policy.isolation.phase3]
tables = "p3_*"
foreign_keys = "forbid"
dependencies = "forbid"
```

## Use instead
```sql
CREATE TABLE p3_signal (id bigint PRIMARY KEY);
CREATE TABLE p3_cache (id bigint PRIMARY KEY, signal_id bigint);
```
```toml
[policy.isolation.phase3]
tables = "p3_*"
foreign_keys = "forbid"
dependencies = "forbid"
```

## Limits
Clones of a key on partitions are told once, at their root. References by convention (a column
`user_id` without a constraint) are no foreign keys.
)md"},
    check};

}  // namespace schemaudit
