#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/predicates.h"
#include "rules/facts/private_values.h"
#include "rules/facts/soft_delete_columns.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/facts/unique_keys.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule unique_includes_soft_delete_column;

namespace {

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> without(const std::vector<std::string>& names, const std::string& name) {
  std::vector<std::string> rest;
  for (const std::string& each : names)
    if (each != name) rest.push_back(each);
  return rest;
}

/// Whether another key keeps live rows apart by these columns, or might.
bool kept_apart_by_another(const std::vector<UniqueKey>& keys, const UniqueKey& except,
                           const SoftDeleteColumn& mark, const std::vector<std::string>& columns) {
  return std::any_of(keys.begin(), keys.end(), [&](const UniqueKey& key) {
    if (key.name == except.name || !key.valid) return false;
    // lower(email): which columns it reads is not told here.
    if (key.has_expressions) return true;
    if (key.columns.empty()) return false;
    bool inside = std::all_of(key.columns.begin(), key.columns.end(),
                              [&](const std::string& name) { return holds(columns, name); });
    if (!inside || !key.predicate) return inside;
    for (const std::string& condition : conditions_of(*key.predicate))
      if (column_null(condition) != mark.column->name) return false;
    return true;
  });
}

/// Whether the key says itself that it is about other than live rows.
bool is_about_deleted_rows(const UniqueKey& key, const SoftDeleteColumn& mark) {
  if (!key.predicate) return false;
  if (!key.predicate->decided) return true;
  for (const std::string& condition : conditions_of(*key.predicate))
    if (column_not_null(condition) == mark.column->name) return true;
  return false;
}

Finding finding_of(const SchemaContext& context, const Relation& relation, const UniqueKey& key,
                   const SoftDeleteColumn& mark, const std::vector<std::string>& rest) {
  Finding finding = start_finding(
      context, unique_includes_soft_delete_column.info,
      key.is_constraint ? constraint_of(relation, key.name) : index_of(relation, key.name),
      key.origin, mark.by_policy ? context.policy().soft_delete->origin : Origin{});
  const std::string columns = join_identifiers(key.columns), others = join_identifiers(rest);
  finding.message = "UNIQUE (" + columns + ") of " + to_string(relation.name) +
                    " keeps no two live rows apart: their " + quote_identifier(mark.column->name) +
                    " is NULL, and NULLs are distinct, so that any number of them may share " +
                    others + ".";
  finding.evidence.of(context.role) = "UNIQUE (" + columns + ")";
  if (!is_referenced(context.schema, relation, key.columns) && !key.predicate &&
      !key.name.empty()) {
    const std::string table = sql_name(relation.name), name = sql_name(key.name);
    const std::string index = sql_name(QualifiedName{relation.name.schema, key.name});
    finding.fix =
        Fix{FixKind::sql, (key.is_constraint ? "ALTER TABLE " + table + " DROP CONSTRAINT " + name
                                             : "DROP INDEX " + index) +
                              ";\nCREATE UNIQUE INDEX " + name + " ON " + table + " " +
                              sql_list(rest) + " WHERE " + live_rows_of(mark) + ";"};
  }
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    const std::vector<UniqueKey> keys = unique_keys(relation);
    for (const SoftDeleteColumn& mark : soft_delete_columns(context, relation)) {
      if (mark.is_flag || !mark.column->nullable.value_or(false)) continue;
      for (const UniqueKey& key : keys) {
        if (key.is_primary || !key.valid || key.nulls_not_distinct || key.columns.size() < 2 ||
            !holds(key.columns, mark.column->name))
          continue;
        ++outcome.checked;
        const std::vector<std::string> rest = without(key.columns, mark.column->name);
        if (!is_about_deleted_rows(key, mark) && !kept_apart_by_another(keys, key, mark, rest))
          outcome.findings.push_back(finding_of(context, relation, key, mark, rest));
      }
    }
  }
  return outcome;
}

}  // namespace

const Rule unique_includes_soft_delete_column{
    {.id = "unique-includes-soft-delete-column",
     .severity = Severity::high,
     .category = "soft-delete",
     .summary = "A unique key with a nullable deleted_at in it, which keeps no live rows apart.",
     .docs = R"md(## What it does
Reports unique constraints and indexes that have the time of deletion among their columns, where
that column is nullable and NULLs are distinct.

## Why it matters
`UNIQUE (email, deleted_at)` looks as if it allowed one live row and many deleted ones. It allows any
number of live rows: their `deleted_at` is NULL, and no NULL equals another one.

## Example
```sql
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL,
  deleted_at timestamptz,
  UNIQUE (email, deleted_at)
);
```

## Use instead
```sql
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX users_email_key ON users (email) WHERE deleted_at IS NULL;
```

## Limits
A column counts by the policy's name, or as `deleted_at`, `deleted_on` or `discarded_at`. Nothing is
said where another unique key keeps the live rows apart, with `NULLS NOT DISTINCT`, and of keys with
expressions. `ON CONFLICT` has to repeat the predicate of a partial index.
)md"},
    check};

}  // namespace schemaudit
