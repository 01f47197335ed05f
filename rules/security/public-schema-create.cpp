#include <string>
#include <utility>

#include "rules/facts/sql_names.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule public_schema_create;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Namespace& space : context.schema.namespaces) {
    if (!space.public_may_create) continue;
    ++outcome.checked;
    if (!*space.public_may_create) continue;
    Finding finding = start_finding(context, public_schema_create.info,
                                    {"schema", {}, {}, space.name}, space.origin);
    finding.message = "Every role may make objects in schema " + quote_identifier(space.name) +
                      " (CREATE is granted to PUBLIC).";
    finding.evidence.of(context.role) = "GRANT CREATE ON SCHEMA " + space.name + " TO PUBLIC";
    finding.fix =
        Fix{FixKind::sql, "REVOKE CREATE ON SCHEMA " + sql_name(space.name) + " FROM PUBLIC;"};
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule public_schema_create{{.id = "public-schema-create",
                                 .severity = Severity::high,
                                 .category = "security",
                                 .summary = "A schema in which every role may make objects.",
                                 .docs = R"md(## What it does
Reports schemas on which CREATE is granted to PUBLIC. Databases that were made before PostgreSQL 15 have
that on the schema `public`, unless somebody took it back.

## Why it matters
Whoever may log in may put a function or an operator there that fits a call better than the one that is
meant. Sessions that have the schema on their `search_path` then run it with their own rights
(CVE-2018-1058).

## Example
```sql
CREATE TABLE notes (id bigint PRIMARY KEY);
GRANT CREATE ON SCHEMA public TO PUBLIC;
```

## Use instead
```sql
CREATE TABLE notes (id bigint PRIMARY KEY);
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
```
Grant CREATE to the role that runs the migrations.

## Limits
SQL files say nothing of the schema `public` as long as they neither grant nor revoke: what it is made with
is the server's to tell. The schemas of extensions and of the system are not looked at.
)md"},
                                check};

}  // namespace schemaudit
