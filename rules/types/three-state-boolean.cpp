#include <algorithm>
#include <string>
#include <utility>

#include "rules/facts/column_types.h"
#include "rules/facts/soft_delete_columns.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule three_state_boolean;

namespace {

/// Flags that say whether a row counts are the matter of nullable-soft-delete-flag.
bool is_flag_of_deletion(const Policies& policies, const Relation& relation, const Column& column) {
  const std::string name = fold_case(column.name);
  return is_named_like_a_deletion_flag(column) || name == "is_active" || name == "isactive" ||
         name == "active" ||
         (soft_deletes_by_policy(policies, relation) &&
          column.name == policies.soft_delete->column);
}

bool is_checked(const Relation& relation, const Column& column) {
  return std::any_of(relation.checks.begin(), relation.checks.end(),
                     [&](const CheckConstraint& check) {
                       return std::find(check.columns.begin(), check.columns.end(), column.name) !=
                              check.columns.end();
                     });
}

/// A domain may exclude NULL on its own.
bool domain_excludes_null(const Schema& schema, const Column& column) {
  for (const Domain& domain : schema.domains)
    if (to_string(domain.name) == column.type->normal)
      return !domain.nullable.value_or(false) || !domain.checks.empty();
  return false;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    for (const Column& column : relation.columns) {
      if (column.inherited || !is_boolean(base_type(context.schema, column))) continue;
      ++outcome.checked;
      if (!column.nullable.value_or(false) || column.generated.has_value() ||
          is_flag_of_deletion(context.policy(), relation, column) || is_checked(relation, column) ||
          domain_excludes_null(context.schema, column))
        continue;
      Finding finding = start_finding(context, three_state_boolean.info,
                                      object_of(relation, column), column.origin);
      finding.message = name_of(relation, column) +
                        " is a boolean that may be NULL: neither the column nor NOT the column "
                        "finds such a row.";
      finding.evidence.of(context.role) = quote_identifier(column.name) + " " + column.type->normal;
      outcome.findings.push_back(std::move(finding));
    }
  }
  return outcome;
}

}  // namespace

const Rule three_state_boolean{{.id = "three-state-boolean",
                                .severity = Severity::low,
                                .category = "types",
                                .profile = Profile::strict,
                                .summary = "A boolean column that may be NULL.",
                                .docs = R"md(## What it does
Reports boolean columns that may be NULL, those with a default, too (an explicit NULL passes it).

## Why it matters
Such a column has three states: `WHERE verified` and `WHERE NOT verified` together miss the rows
where it is NULL.

## Example
```sql
CREATE TABLE users (id bigint PRIMARY KEY, verified boolean DEFAULT false);
```
```toml
[rules.three-state-boolean]
severity = "low"
```

## Use instead
```sql
CREATE TABLE users (id bigint PRIMARY KEY, verified boolean NOT NULL DEFAULT false);
```
```toml
[rules.three-state-boolean]
severity = "low"
```

## Limits
Where "not known yet" is a state of its own, NULL may be right. Columns that a CHECK reads and
generated ones are not reported, and flags such as `is_deleted` and `is_active` neither: these are
the matter of the rules on soft deletion.
)md"},
                               check};

}  // namespace schemaudit
