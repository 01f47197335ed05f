#include <string>
#include <utility>

#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule table_inheritance;

namespace {

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!stands_for_itself(relation)) continue;
    ++outcome.checked;
    if (relation.inherits.empty()) continue;
    std::string parents;
    for (const QualifiedName& parent : relation.inherits)
      parents += (parents.empty() ? "" : ", ") + to_string(parent);
    Finding finding =
        start_finding(context, table_inheritance.info, object_of(relation), relation.origin);
    finding.message = "Table " + to_string(relation.name) + " inherits from " + parents +
                      ": keys, unique constraints and foreign keys hold for each table alone.";
    finding.evidence.of(context.role) = "INHERITS (" + parents + ")";
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace

const Rule table_inheritance{{.id = "table-inheritance",
                              .severity = Severity::low,
                              .category = "tables",
                              .profile = Profile::strict,
                              .summary = "A table made with INHERITS.",
                              .docs = R"md(## What it does
Reports tables that inherit from others. Partitions are no such tables.

## Why it matters
A query on the parent shows the rows of its children, and its primary key, unique constraints and
foreign keys count for its own rows only: one e-mail address can be in both.

## Example
```sql
CREATE TABLE people (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (desk text, PRIMARY KEY (id)) INHERITS (people);
```
```toml
[rules.table-inheritance]
severity = "low"
```

## Use instead
```sql
CREATE TABLE people (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (person_id bigint PRIMARY KEY REFERENCES people (id), desk text);
```
```toml
[rules.table-inheritance]
severity = "low"
```

## Limits
Told for each child, with its parents.
)md"},
                             check};

}  // namespace schemaudit
