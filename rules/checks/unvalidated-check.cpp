#include <string>
#include <utility>

#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule unvalidated_check;

namespace {

bool is_unchecked(const CheckConstraint& check) {
  return !check.validated.value_or(true) || !check.enforced.value_or(true);
}

Finding finding_of(const SchemaContext& context, ObjectRef object, const CheckConstraint& check,
                   const std::string& of, const std::string& alter) {
  Finding finding = start_finding(context, unvalidated_check.info, std::move(object), check.origin);
  finding.message = "CHECK " + quote_identifier(check.name) + " of " + of;
  if (!check.enforced.value_or(true)) {
    finding.message += " is NOT ENFORCED: no row is held to it.";
    finding.evidence.of(context.role) = "CHECK (" + check.expression.text + ") NOT ENFORCED";
    return finding;
  }
  finding.message += " is NOT VALID: rows that were there before it were never checked.";
  finding.evidence.of(context.role) = "CHECK (" + check.expression.text + ") NOT VALID";
  finding.fix = Fix{FixKind::sql, alter + " VALIDATE CONSTRAINT " + sql_name(check.name) + ";"};
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    for (const CheckConstraint& constraint : relation.checks) {
      if (constraint.inherited) continue;
      ++outcome.checked;
      if (is_unchecked(constraint))
        outcome.findings.push_back(finding_of(context, constraint_of(relation, constraint.name),
                                              constraint, to_string(relation.name),
                                              "ALTER TABLE " + sql_name(relation.name)));
    }
  }
  for (const Domain& domain : context.schema.domains)
    for (const CheckConstraint& constraint : domain.checks) {
      ++outcome.checked;
      if (!is_unchecked(constraint)) continue;
      Finding finding =
          finding_of(context, {"domain", domain.name.schema, "", domain.name.name}, constraint,
                     "domain " + to_string(domain.name), "ALTER DOMAIN " + sql_name(domain.name));
      finding.key = constraint.name;
      outcome.findings.push_back(std::move(finding));
    }
  return outcome;
}

}  // namespace

const Rule unvalidated_check{{.id = "unvalidated-check",
                              .severity = Severity::medium,
                              .category = "checks",
                              .summary = "A CHECK that was never validated, or is not enforced.",
                              .docs = R"md(## What it does
Reports CHECKs of tables and domains that are `NOT VALID`, and those that are `NOT ENFORCED`.

## Why it matters
A CHECK that was added with `NOT VALID` holds new rows only. The old ones may break it, and the
next update of such a row fails. The second step, `VALIDATE CONSTRAINT`, is easily forgotten.

## Example
```sql
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  weight numeric NOT NULL
);
ALTER TABLE orders ADD CONSTRAINT weight_positive CHECK (weight > 0) NOT VALID;
```

## Use instead
```sql
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  weight numeric NOT NULL
);
ALTER TABLE orders ADD CONSTRAINT weight_positive CHECK (weight > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT weight_positive;
```

## Limits
A partition's copy of a CHECK is told at its root. Foreign tables are left out: PostgreSQL checks
none of their rows.
)md"},
                             check};

}  // namespace schemaudit
