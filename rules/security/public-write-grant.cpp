#include <string>
#include <utility>

#include "rules/facts/sql_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule public_write_grant;

namespace {

std::string writing_privileges(const Relation& relation) {
  std::string list;
  for (const Grant& grant : relation.grants) {
    if (grant.grantee != "PUBLIC") continue;
    for (const std::string& privilege : grant.privileges)
      if (privilege == "INSERT" || privilege == "UPDATE" || privilege == "DELETE" ||
          privilege == "TRUNCATE")
        list += (list.empty() ? "" : ", ") + privilege;
  }
  return list;
}

/// Whether the table above says it already.
bool is_told_above(const Schema& schema, const Relation& relation, const std::string& privileges) {
  if (!relation.partition_of) return false;
  const Relation* parent = schema.find_relation(relation.partition_of->parent);
  return parent && !parent->row_security.value_or(false) &&
         writing_privileges(*parent) == privileges;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    // With row security policies decide, and without one nobody writes.
    if (relation.is_view() || relation.row_security.value_or(false)) continue;
    ++outcome.checked;
    const std::string privileges = writing_privileges(relation);
    if (privileges.empty() || is_told_above(context.schema, relation, privileges)) continue;
    const std::string table = to_string(relation.name);
    Finding finding =
        start_finding(context, public_write_grant.info, object_of(relation), relation.origin);
    finding.message = "Every role has " + privileges + " on " + table + " (granted to PUBLIC).";
    finding.evidence.of(context.role) = "GRANT " + privileges + " ON " + table + " TO PUBLIC";
    finding.fix = Fix{FixKind::sql,
                      "REVOKE " + privileges + " ON " + sql_name(relation.name) + " FROM PUBLIC;"};
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule public_write_grant{{.id = "public-write-grant",
                               .severity = Severity::high,
                               .category = "security",
                               .summary = "A table that every role may write to.",
                               .docs = R"md(## What it does
Reports tables without row security on which INSERT, UPDATE, DELETE or TRUNCATE is granted to PUBLIC.

## Why it matters
PUBLIC is every role that exists and every role that will: the reporting login and the monitoring
agent may change these rows as soon as they may use the schema.

## Example
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  body text NOT NULL
);
GRANT SELECT, INSERT ON notes TO PUBLIC;
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  body text NOT NULL
);
GRANT SELECT ON notes TO PUBLIC;
GRANT INSERT ON notes TO pg_monitor;
```

## Limits
Whether a role may use the table's schema is not looked at, nor grants on views and on single
columns. A partition that has what its root has is told by its root.
)md"},
                              check};

}  // namespace schemaudit
