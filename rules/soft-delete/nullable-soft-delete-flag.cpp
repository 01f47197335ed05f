#include <string>
#include <utility>

#include "rules/facts/checked_columns.h"
#include "rules/facts/column_types.h"
#include "rules/facts/soft_delete_columns.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule nullable_soft_delete_flag;

namespace {

bool is_named_like_an_active_flag(const Column& column) {
  const std::string name = fold_case(column.name);
  return name == "is_active" || name == "isactive" || name == "active";
}

Fix as_not_null(const Relation& relation, const Column& column) {
  const std::string table = sql_name(relation.name), name = sql_name(column.name);
  std::string text = "UPDATE " + table + " SET " + name + " = false WHERE " + name +
                     " IS NULL;\nALTER TABLE " + table + " ";
  if (column.default_value.is_none()) text += "ALTER COLUMN " + name + " SET DEFAULT false, ";
  return {FixKind::sql, text + "ALTER COLUMN " + name + " SET NOT NULL;"};
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    const bool by_policy = soft_deletes_by_policy(context.policy(), relation);
    for (const Column& column : relation.columns) {
      if (column.inherited || column.generated.has_value() ||
          !is_boolean(base_type(context.schema, column)))
        continue;
      const bool of_policy = by_policy && column.name == context.policy().soft_delete->column;
      const bool deletion = of_policy || is_named_like_a_deletion_flag(column);
      if (!deletion && !is_named_like_an_active_flag(column)) continue;
      ++outcome.checked;
      if (!column.nullable.value_or(false) || is_checked_not_null(relation, column)) continue;
      Finding finding =
          start_finding(context, nullable_soft_delete_flag.info, object_of(relation, column),
                        column.origin, of_policy ? context.policy().soft_delete->origin : Origin{});
      const std::string name = quote_identifier(column.name);
      finding.message =
          name_of(relation, column) + " may be NULL: WHERE " + (deletion ? "NOT " : "") + name +
          " leaves such rows out, and so does WHERE " + (deletion ? "" : "NOT ") + name + ".";
      finding.evidence.of(context.role) = column.name + " " + column.type->text + ", nullable";
      if (deletion) {
        finding.fix = as_not_null(relation, column);
        outcome.findings.push_back(std::move(finding));
      } else {
        outcome.suspicions.push_back({std::move(finding)});
      }
    }
  }
  return outcome;
}

}  // namespace

const Rule nullable_soft_delete_flag{
    {.id = "nullable-soft-delete-flag",
     .severity = Severity::medium,
     .category = "soft-delete",
     .summary = "A flag for deleted rows that may be NULL.",
     .docs = R"md(## What it does
Reports boolean columns named `is_deleted` or `deleted`, and the boolean column of
`[policy.soft_delete]`, that are nullable. Nullable columns named `is_active` or `active` become one
question.

## Why it matters
`WHERE NOT is_deleted` does not return rows in which the flag is NULL, and `WHERE is_deleted` does
not, either: such rows are neither live nor deleted.

## Example
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  is_deleted boolean DEFAULT false
);
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  is_deleted boolean NOT NULL DEFAULT false
);
```

## Limits
A default does not help where NULL is written expressly, so it does not count.
)md",
     .question = {"flag of active rows may be NULL, and WHERE finds such rows neither way. Should "
                  "it be NOT NULL?",
                  "flags of active rows may be NULL, and WHERE finds such rows neither way. Should "
                  "they be NOT NULL?",
                  "# yes: report each of them\n"
                  "[rules.nullable-soft-delete-flag]\n"
                  "severity = \"medium\"\n"
                  "# no: do not ask again\n"
                  "# [rules.nullable-soft-delete-flag]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
