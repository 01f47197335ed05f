#include <algorithm>
#include <string>
#include <utility>

#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/facts/unmatched_tables.h"
#include "rules/facts/wanted_type.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule missing_standard_column;

namespace {

std::string describe(const StandardColumn& wanted) {
  std::string text = quote_identifier(wanted.name);
  if (!wanted.type.empty()) text += " " + wanted.type;
  if (wanted.not_null) text += " NOT NULL";
  return text;
}

Finding missing(const SchemaContext& context, const Relation& relation,
                const StandardColumn& wanted) {
  Finding finding = start_finding(context, missing_standard_column.info, object_of(relation),
                                  relation.origin, wanted.origin);
  finding.message = "Table " + to_string(relation.name) + " lacks the column " + describe(wanted) +
                    " that policy.standard_columns asks for.";
  finding.key = wanted.name + " missing";
  // NOT NULL needs a value for the rows that are there, which is a decision.
  if (!wanted.type.empty() && !wanted.not_null)
    finding.fix = Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " ADD COLUMN " +
                                        sql_name(wanted.name) + " " + wanted.type + ";"};
  return finding;
}

Finding breach(const SchemaContext& context, const Relation& relation, const Column& column,
               const StandardColumn& wanted, const std::string& what, const std::string& key) {
  Finding finding = start_finding(context, missing_standard_column.info,
                                  object_of(relation, column), column.origin, wanted.origin);
  finding.message = name_of(relation, column) + " " + what + ", and policy.standard_columns asks " +
                    "for " + describe(wanted) + ".";
  finding.evidence.of(context.role) = quote_identifier(column.name) +
                                      (column.type ? " " + column.type->normal : "") +
                                      (column.nullable.value_or(true) ? "" : " NOT NULL");
  finding.key = key;
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<StandardColumnsPolicy>& policy = context.policy().standard_columns;
  if (!policy) {
    outcome.not_run = "no [policy.standard_columns] in the config";
    return outcome;
  }
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation) || !policy->tables.matches(relation.name)) continue;
    ++outcome.checked;
    for (const StandardColumn& wanted : policy->columns) {
      const Column* column = relation.find_column(wanted.name);
      if (!column) {
        if (relation.coverage.columns)
          outcome.findings.push_back(missing(context, relation, wanted));
        continue;
      }
      if (column->inherited) continue;
      if (!wanted.type.empty() && column->type &&
          !is_of_type(context.schema, column->type->normal, wanted.type))
        outcome.findings.push_back(breach(context, relation, *column, wanted,
                                          "is " + column->type->normal, wanted.name + " type"));
      if (wanted.not_null && column->nullable.value_or(false))
        outcome.findings.push_back(
            breach(context, relation, *column, wanted, "may be NULL", wanted.name + " null"));
    }
  }
  ask_of_unmatched(missing_standard_column.info, context.schema, policy->tables,
                   "policy.standard_columns", outcome);
  return outcome;
}

}  // namespace

const Rule missing_standard_column{
    {.id = "missing-standard-column",
     .severity = Severity::medium,
     .category = "columns",
     .needs_policy = true,
     .summary = "A table that lacks a column every table should have, or has it otherwise.",
     .docs = R"md(## What it does
For `[policy.standard_columns]`, reports each table of the policy that lacks one of the columns, has
it with another type, or lets it be NULL where the policy says `not null`. An empty type asks for
the column alone; a length or precision counts where the policy states one.

## Why it matters
What reads all tables alike (synchronisation, auditing, clean-up jobs) stumbles over the one table
that differs.

## Example
```sql
CREATE TABLE notes (id bigint PRIMARY KEY, created_at timestamptz);
```
```toml
[policy.standard_columns]
tables = ["*", "!countries"]
columns = { created_at = "timestamptz not null", updated_at = "timestamptz" }
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz
);
```
```toml
[policy.standard_columns]
tables = ["*", "!countries"]
columns = { created_at = "timestamptz not null", updated_at = "timestamptz" }
```

## Limits
Views, foreign tables and partitions are not looked at: a partition has the columns of its root.
)md"},
    check};

}  // namespace schemaudit
