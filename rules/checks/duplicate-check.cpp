#include <map>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule duplicate_check;

namespace {

/// Whether `a` should stay rather than `b`: what cannot be dropped here, what also holds for
/// children, what was validated, then the earlier name.
bool stays_before(const CheckConstraint& a, const CheckConstraint& b) {
  if (a.inherited != b.inherited) return a.inherited;
  if (a.no_inherit != b.no_inherit) return b.no_inherit;
  const bool a_valid = a.validated.value_or(true), b_valid = b.validated.value_or(true);
  if (a_valid != b_valid) return a_valid;
  return a.name < b.name;
}

Finding finding_of(const SchemaContext& context, const Relation& relation,
                   const CheckConstraint& stays, const CheckConstraint& goes) {
  Finding finding =
      start_finding(context, duplicate_check.info, constraint_of(relation, goes.name), goes.origin);
  finding.message = "CHECK " + quote_identifier(goes.name) + " of " + to_string(relation.name) +
                    " says what CHECK " + quote_identifier(stays.name) + " says.";
  finding.evidence.of(context.role) = "CHECK (" + goes.expression.text + ")";
  finding.fix = Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " DROP CONSTRAINT " +
                                      sql_name(goes.name) + ";"};
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!stands_for_itself(relation)) continue;
    std::map<std::string, const CheckConstraint*> stays;
    auto counts = [](const CheckConstraint& constraint) {
      return constraint.expression.decided && constraint.enforced.value_or(true) &&
             !constraint.name.empty();
    };
    for (const CheckConstraint& constraint : relation.checks) {
      if (!counts(constraint)) continue;
      ++outcome.checked;
      auto& best = stays[constraint.expression.normal];
      if (!best || stays_before(constraint, *best)) best = &constraint;
    }
    for (const CheckConstraint& constraint : relation.checks) {
      if (!counts(constraint) || constraint.inherited) continue;
      const CheckConstraint* best = stays[constraint.expression.normal];
      if (best != &constraint)
        outcome.findings.push_back(finding_of(context, relation, *best, constraint));
    }
  }
  return outcome;
}

}  // namespace

const Rule duplicate_check{{.id = "duplicate-check",
                            .severity = Severity::low,
                            .category = "checks",
                            .summary = "Two CHECKs of one table that say the same.",
                            .docs = R"md(## What it does
Reports each CHECK whose condition means what another CHECK of the same table means. Meaning is
compared, so `x BETWEEN 1 AND 9` and `x >= 1 AND x <= 9` are the same.

## Why it matters
Every write runs both, and a change of the rule has to be made twice: whoever changes one wonders
why the other still refuses the row.

## Example
```sql
CREATE TABLE parcels (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  weight numeric NOT NULL CONSTRAINT weight_known CHECK (weight BETWEEN 1 AND 9),
  CONSTRAINT weight_range CHECK (weight >= 1 AND weight <= 9)
);
```

## Use instead
```sql
CREATE TABLE parcels (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  weight numeric NOT NULL CONSTRAINT weight_range CHECK (weight >= 1 AND weight <= 9)
);
```

## Limits
A CHECK that merely follows from another one (`x > 0` from `x > 5`) is not reported, nor one that
is NOT ENFORCED.
)md"},
                           check};

}  // namespace schemaudit
