#include <string>
#include <utility>

#include "rules/facts/column_types.h"
#include "rules/facts/condition_truth.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule always_true_check;

namespace {

/// Empty for types that a user made and for collations that take unlike texts as equal.
std::string comparable_type(const Schema& schema, const Column* column) {
  if (!column || column->collation.has_value()) return {};
  std::string type = base_type(schema, *column);
  return type.find('.') == std::string::npos ? type : std::string();
}

Finding finding_of(const SchemaContext& context, ObjectRef object, const CheckConstraint& check,
                   const std::string& of, const std::string& fix) {
  Finding finding = start_finding(context, always_true_check.info, std::move(object), check.origin);
  finding.message = "CHECK " + quote_identifier(check.name) + " of " + of +
                    " can never fail: it is true or NULL for every row.";
  finding.evidence.of(context.role) = "CHECK (" + check.expression.text + ")";
  finding.fix = Fix{FixKind::sql, fix + " DROP CONSTRAINT " + sql_name(check.name) + ";"};
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const Schema& schema = context.schema;
  for (const Relation& relation : schema.relations) {
    if (!stands_for_itself(relation)) continue;
    auto type_of = [&](std::string_view column) {
      return comparable_type(schema, relation.find_column(column));
    };
    for (const CheckConstraint& constraint : relation.checks) {
      if (constraint.inherited || !constraint.expression.decided) continue;
      ++outcome.checked;
      if (never_false(constraint.expression.normal, type_of))
        outcome.findings.push_back(finding_of(context, constraint_of(relation, constraint.name),
                                              constraint, to_string(relation.name),
                                              "ALTER TABLE " + sql_name(relation.name)));
    }
  }
  for (const Domain& domain : schema.domains) {
    auto type_of = [&](std::string_view column) {
      std::string type = column == "value" ? base_type(schema, to_string(domain.name)) : "";
      return type.find('.') == std::string::npos ? type : std::string();
    };
    for (const CheckConstraint& constraint : domain.checks) {
      if (!constraint.expression.decided) continue;
      ++outcome.checked;
      if (!never_false(constraint.expression.normal, type_of)) continue;
      Finding finding =
          finding_of(context, {"domain", domain.name.schema, "", domain.name.name}, constraint,
                     "domain " + to_string(domain.name), "ALTER DOMAIN " + sql_name(domain.name));
      finding.key = constraint.expression.normal;
      outcome.findings.push_back(std::move(finding));
    }
  }
  return outcome;
}

}  // namespace

const Rule always_true_check{{.id = "always-true-check",
                              .severity = Severity::medium,
                              .category = "checks",
                              .summary = "A CHECK that no row can fail.",
                              .docs = R"md(## What it does
Reports CHECKs of tables and domains that are true or NULL whatever a row holds: constants, a
condition OR its opposite, a column compared with itself, and two bounds or two inequalities of one
column joined by OR.

## Why it matters
A CHECK passes where its condition is true or NULL. `rating >= 1 OR rating <= 5` admits every
number: its author meant AND, and believes that the column is guarded.

## Example
```sql
CREATE TABLE reviews (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rating smallint NOT NULL CHECK (rating >= 1 OR rating <= 5)
);
```

## Use instead
```sql
CREATE TABLE reviews (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rating smallint NOT NULL CHECK (rating >= 1 AND rating <= 5)
);
```

## Limits
Only what is certain from the condition itself. `IS NOT NULL` on a column that is NOT NULL says
something twice, and is not reported; a list that holds every value of an enum is not, either.
)md"},
                             check};

}  // namespace schemaudit
