#include <string>
#include <utility>
#include <vector>

#include "rules/facts/sql_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule policy_without_row_security;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (relation.policies.empty()) continue;
    ++outcome.checked;
    if (relation.row_security.value_or(true)) continue;
    std::vector<std::string> names;
    for (const Policy& policy : relation.policies) names.push_back(policy.name);
    Finding finding = start_finding(context, policy_without_row_security.info, object_of(relation),
                                    relation.origin);
    const std::string table = to_string(relation.name);
    finding.message =
        "Table " + table + " has " + (names.size() == 1 ? "the policy " : "the policies ") +
        join_identifiers(names) + ", and its row security is off: no row is kept from anybody.";
    finding.evidence.of(context.role) = "policies, row security off";
    finding.fix =
        Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " ENABLE ROW LEVEL SECURITY;"};
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule policy_without_row_security{
    {.id = "policy-without-row-security",
     .severity = Severity::high,
     .category = "security",
     .summary = "A table with policies whose row security is off.",
     .docs = R"md(## What it does
Reports tables, partitions among them, that have policies and whose row security was not enabled.

## Why it matters
Policies do nothing until `ENABLE ROW LEVEL SECURITY`: the table looks guarded, and everybody who
may read it reads all of it.

## Example
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL
);
CREATE POLICY own_notes ON notes USING (owner_name = current_user);
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL
);
CREATE POLICY own_notes ON notes USING (owner_name = current_user);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
```

## Limits
That the owner is not held to the policies is the matter of row-security-not-forced.
)md"},
    check};

}  // namespace schemaudit
