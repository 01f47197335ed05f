#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/facts/unmatched_tables.h"
#include "rules/findings/finding_places.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule missing_soft_delete_column;

namespace {

bool is_glob(const std::string& text) {
  return text.find_first_of("*?") != std::string::npos;
}

Finding missing_column(const SchemaContext& context, const SoftDeletePolicy& policy,
                       const Relation& relation) {
  Finding finding = start_finding(context, missing_soft_delete_column.info, object_of(relation),
                                  relation.origin, policy.origin);
  finding.message = "Table " + to_string(relation.name) + " lacks the column " +
                    quote_identifier(policy.column) + " that policy.soft_delete asks for.";
  finding.key = policy.column;
  finding.fix = Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " ADD COLUMN " +
                                      sql_name(policy.column) + " timestamptz;"};
  return finding;
}

Finding missing_table(const SchemaContext& context, const SoftDeletePolicy& policy,
                      const std::string& name, const std::vector<std::string>& known) {
  Finding finding = start_finding(missing_soft_delete_column.info, {"table", "", name, name});
  finding.message = "policy.soft_delete names the table " + name + ", which does not exist";
  std::string nearest = nearest_name(name, known);
  finding.message += nearest.empty() ? "." : "; did you mean " + nearest + "?";
  finding.key = "no such table";
  if (policy.origin.from_file())
    finding.locations.push_back({"config", policy.origin});
  else
    finding.locations = places_of_the_unspoken(context.input);
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<SoftDeletePolicy>& policy = context.policy().soft_delete;
  if (!policy) {
    outcome.not_run = "no [policy.soft_delete] in the config";
    return outcome;
  }
  const Schema& schema = context.schema;
  std::vector<std::string> known;
  for (const Relation& relation : schema.relations) {
    if (!stands_for_itself(relation)) continue;
    known.push_back(relation.name.name);
    if (!policy->tables.matches(relation.name)) continue;
    ++outcome.checked;
    if (!relation.find_column(policy->column))
      outcome.findings.push_back(missing_column(context, *policy, relation));
  }
  TableSelector globs;
  for (const std::string& name : policy->tables.globs) {
    if (is_glob(name)) {
      globs.globs.push_back(name);
      continue;
    }
    bool exists = std::any_of(
        schema.relations.begin(), schema.relations.end(),
        [&](const Relation& relation) { return TableSelector{{name}}.matches(relation.name); });
    if (!exists) outcome.findings.push_back(missing_table(context, *policy, name, known));
  }
  ask_of_unmatched(missing_soft_delete_column.info, schema, globs, "policy.soft_delete", outcome);
  return outcome;
}

}  // namespace

const Rule missing_soft_delete_column{
    {.id = "missing-soft-delete-column",
     .severity = Severity::high,
     .category = "soft-delete",
     .needs_policy = true,
     .summary = "A table of the soft-delete policy that lacks its column.",
     .docs = R"md(## What it does
For `[policy.soft_delete]`, reports each table that the policy names and that lacks the column,
and each name in the policy that is no table.

## Why it matters
A delete on such a table is final, whatever the rest of the product promises.

## Example
```sql
CREATE TABLE users (id bigint PRIMARY KEY);
```
```toml
[policy.soft_delete]
column = "deleted_at"
tables = ["users"]
```

## Use instead
```sql
CREATE TABLE users (id bigint PRIMARY KEY, deleted_at timestamptz);
```
```toml
[policy.soft_delete]
column = "deleted_at"
tables = ["users"]
```

## Limits
Whether queries honour the column is not looked at.
)md"},
    check};

}  // namespace schemaudit
