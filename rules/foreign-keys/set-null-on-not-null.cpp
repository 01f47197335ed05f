#include <algorithm>
#include <string>
#include <vector>

#include "rules/facts/foreign_key_text.h"
#include "rules/facts/isolation_border.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule set_null_on_not_null;

namespace {

bool is_domain(const Schema& schema, const std::string& type) {
  return std::any_of(schema.domains.begin(), schema.domains.end(),
                     [&](const Domain& domain) { return to_string(domain.name) == type; });
}

/// Whether SET DEFAULT makes it NULL: a domain may bring a default of its own.
bool lacks_a_default(const Schema& schema, const Column& column) {
  return column.default_value.is_none() && column.identity.is_none() &&
         column.generated.is_none() && column.type && !is_domain(schema, column.type->normal);
}

/// Columns that the action sets to NULL although they may not be.
std::vector<std::string> refusing(const Schema& schema, const Relation& relation,
                                  const ForeignKey& foreign_key,
                                  const std::optional<ReferentialAction>& action,
                                  const std::vector<std::string>& columns) {
  std::vector<std::string> found;
  if (action != ReferentialAction::set_null && action != ReferentialAction::set_default)
    return found;
  for (const std::string& name : columns.empty() ? foreign_key.columns : columns) {
    const Column* column = relation.find_column(name);
    if (!column || column->nullable != false) continue;
    if (action == ReferentialAction::set_default && !lacks_a_default(schema, *column)) continue;
    found.push_back(name);
  }
  return found;
}

Finding refused(const SchemaContext& context, const Relation& relation,
                const ForeignKey& foreign_key, const std::string& event, ReferentialAction action,
                const std::vector<std::string>& columns) {
  Finding finding = start_finding(context, set_null_on_not_null.info,
                                  constraint_of(relation, foreign_key.name), foreign_key.origin);
  finding.message =
      "Foreign key " + name_of(foreign_key) + " of " + to_string(relation.name) + " has ON " +
      event + " " + std::string(to_string(action)) + ", and " + join_identifiers(columns) +
      (columns.size() == 1 ? " is" : " are") + " NOT NULL" +
      (action == ReferentialAction::set_default ? " without a default" : "") + ": the " +
      (event == "DELETE" ? "delete" : "update") + " of a referenced row fails.";
  finding.key = event;
  finding.evidence.of(context.role) = describe(foreign_key);
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const Schema& schema = context.schema;
  for (const Relation& relation : schema.relations)
    for (const ForeignKey& key : relation.foreign_keys) {
      if (key.inherited || is_to_be_dropped(context.config(), relation, key)) continue;
      ++outcome.checked;
      auto report = [&](const char* event, const std::optional<ReferentialAction>& action,
                        const std::vector<std::string>& only) {
        const auto columns = refusing(schema, relation, key, action, only);
        if (!columns.empty())
          outcome.findings.push_back(refused(context, relation, key, event, *action, columns));
      };
      report("DELETE", key.on_delete, key.on_delete_columns);
      report("UPDATE", key.on_update, {});
    }
  return outcome;
}

}  // namespace

const Rule set_null_on_not_null{{.id = "set-null-on-not-null",
                                 .severity = Severity::high,
                                 .category = "foreign-keys",
                                 .summary = "A foreign key that sets a NOT NULL column to NULL.",
                                 .docs = R"md(## What it does
Reports foreign keys with ON DELETE or ON UPDATE SET NULL where a column that it sets is NOT NULL,
and with SET DEFAULT where such a column has no default.

## Why it matters
PostgreSQL accepts the key. The delete of a referenced row then fails with "null value violates
not-null constraint" in another table than the one it was about.

## Example
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  author bigint NOT NULL REFERENCES users ON DELETE SET NULL
);
CREATE INDEX ON posts (author);
```

## Use instead
```sql
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  author bigint REFERENCES users ON DELETE SET NULL
);
CREATE INDEX ON posts (author);
```
Or another action. Of a key over several columns, `ON DELETE SET NULL (author)` (PostgreSQL 15) sets
only those that are named.

## Limits
A NOT NULL that a domain brings, and a default that is itself refused, are not looked at.
)md"},
                                check};

}  // namespace schemaudit
