#include <string>
#include <utility>

#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule row_security_without_policy;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    // A partition with row security and no policy is closed on purpose: its root is asked.
    if (!stands_for_itself(relation) || !relation.row_security.value_or(false)) continue;
    ++outcome.checked;
    if (!relation.policies.empty() || !relation.coverage.policies) continue;
    Finding finding = start_finding(context, row_security_without_policy.info, object_of(relation),
                                    relation.origin);
    finding.message = "Table " + to_string(relation.name) +
                      " has row security and no policy: only its owner sees its rows.";
    finding.evidence.of(context.role) = "row security on, no policy";
    outcome.suspicions.push_back({std::move(finding)});
  }
  return outcome;
}

}  // namespace

const Rule row_security_without_policy{
    {.id = "row-security-without-policy",
     .severity = Severity::low,
     .category = "security",
     .summary = "A table with row security and no policy, whose rows only the owner sees.",
     .docs = R"md(## What it does
Asks about tables whose row security is on and which have no policy.

## Why it matters
Where no policy admits a row, none is admitted: every role but the owner (and superusers and roles
with BYPASSRLS) reads an empty table. That may be meant, or a policy was forgotten.

## Example
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes USING (owner_name = current_user);
```

## Limits
Partitions are left out: row security without policies is the way to close them to direct queries.
)md",
     .question = {"table has row security and no policy, so that only its owner sees its rows. Is "
                  "that meant?",
                  "tables have row security and no policy, so that only their owners see their "
                  "rows. Is that meant?",
                  "# no: report each of them\n"
                  "[rules.row-security-without-policy]\n"
                  "severity = \"low\"\n"
                  "# yes: do not ask again\n"
                  "# [rules.row-security-without-policy]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
