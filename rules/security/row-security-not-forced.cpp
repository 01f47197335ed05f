#include <string>
#include <utility>

#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule row_security_not_forced;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!stands_for_itself(relation) || !relation.row_security.value_or(false) ||
        relation.policies.empty())
      continue;
    ++outcome.checked;
    if (relation.row_security_forced.value_or(true)) continue;
    const std::string table = to_string(relation.name);
    Finding finding =
        start_finding(context, row_security_not_forced.info, object_of(relation), relation.origin);
    finding.message =
        "Row security of " + table + " is not forced: its owner is held to no policy.";
    finding.evidence.of(context.role) = "row security on, not forced";
    finding.fix =
        Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " FORCE ROW LEVEL SECURITY;"};
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule row_security_not_forced{
    {.id = "row-security-not-forced",
     .severity = Severity::low,
     .category = "security",
     .profile = Profile::strict,
     .summary = "Row security that the table's owner is not held to.",
     .docs = R"md(## What it does
Reports tables with row security and policies on which row security is not forced.

## Why it matters
The owner reads and writes past all policies. An application that connects as the owner of its
tables, as most do, is held to none.

## Example
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes USING (owner_name = current_user);
```
```toml
[rules.row-security-not-forced]
severity = "low"
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_name text NOT NULL
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes USING (owner_name = current_user);
```
```toml
[rules.row-security-not-forced]
severity = "low"
```

## Limits
Which role the application connects as is not known. Superusers and roles with BYPASSRLS are held to
no policy either way.
)md"},
    check};

}  // namespace schemaudit
