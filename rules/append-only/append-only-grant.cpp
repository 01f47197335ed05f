#include <string>
#include <utility>
#include <vector>

#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule append_only_grant;

namespace {

/// Its own name, or that of a table above it: what holds for a table holds for its partitions.
bool is_append_only(const Schema& schema, const TableSelector& tables, const Relation& relation) {
  const Relation* each = &relation;
  for (std::size_t depth = 0; each && depth <= schema.relations.size(); ++depth) {
    if (tables.matches(each->name)) return true;
    if (!each->partition_of) return false;
    each = schema.find_relation(each->partition_of->parent);
  }
  return false;
}

std::string changing_privileges(const Grant& grant) {
  std::string list;
  for (const std::string& privilege : grant.privileges)
    if (privilege == "UPDATE" || privilege == "DELETE" || privilege == "TRUNCATE")
      list += (list.empty() ? "" : ", ") + privilege;
  return list;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<AppendOnlyPolicy>& policy = context.policy().append_only;
  if (!policy) {
    outcome.not_run = "no [policy.append_only] in the config";
    return outcome;
  }
  for (const Relation& relation : context.schema.relations) {
    if (relation.is_view() || !is_append_only(context.schema, policy->tables, relation)) continue;
    ++outcome.checked;
    for (const Grant& grant : relation.grants) {
      if (grant.grantee == relation.owner) continue;
      const std::string privileges = changing_privileges(grant);
      if (privileges.empty()) continue;
      Finding finding = start_finding(context, append_only_grant.info, object_of(relation),
                                      relation.origin, policy->origin);
      const bool everyone = grant.grantee == "PUBLIC";
      const std::string role = everyone ? grant.grantee : sql_name(grant.grantee);
      finding.message = (everyone ? "Everybody (PUBLIC)" : "Role " + role) + " has " + privileges +
                        " on the append-only table " + to_string(relation.name) + ".";
      finding.evidence.of(context.role) =
          "GRANT " + privileges + " ON " + to_string(relation.name) + " TO " + role;
      finding.key = grant.grantee;
      finding.fix = Fix{FixKind::sql, "REVOKE " + privileges + " ON " + sql_name(relation.name) +
                                          " FROM " + role + ";"};
      outcome.findings.push_back(std::move(finding));
    }
  }
  return outcome;
}

}  // namespace

const Rule append_only_grant{
    {.id = "append-only-grant",
     .severity = Severity::high,
     .category = "append-only",
     .needs_policy = true,
     .summary = "A role that may change or delete rows of an append-only table.",
     .docs = R"md(## What it does
For tables of `[policy.append_only]` and their partitions, reports every role other than the owner
that was granted UPDATE, DELETE or TRUNCATE, and PUBLIC.

## Why it matters
What the application may change, a mistake or an intruder in it can change: the trail proves
nothing then.

## Example
```sql
CREATE TABLE audit_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  what text NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON audit_entries TO pg_monitor;
```
```toml
[policy.append_only]
tables = ["audit_entries"]
```

## Use instead
```sql
CREATE TABLE audit_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  what text NOT NULL
);
GRANT SELECT, INSERT ON audit_entries TO pg_monitor;
```
```toml
[policy.append_only]
tables = ["audit_entries"]
```

## Limits
The owner and superusers may always change rows, and members of the owner's role, too. Grants on
single columns are not looked at. In SQL files a table's owner is unknown unless they state it.
)md"},
    check};

}  // namespace schemaudit
