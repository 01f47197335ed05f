#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/facts/column_types.h"
#include "rules/facts/name_words.h"
#include "rules/facts/tables.h"
#include "rules/facts/unmatched_columns.h"
#include "rules/findings/column_answers.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule range_without_check;

namespace {

constexpr std::array<std::string_view, 11> kBoundedNames = {
    "score", "percent",  "percentage", "pct",    "ratio", "rating",
    "count", "quantity", "qty",        "amount", "amt"};

bool is_named_like_a_bounded_number(const Column& column) {
  const std::vector<std::string> words = words_of(column.name);
  return !words.empty() &&
         std::find(kBoundedNames.begin(), kBoundedNames.end(), words.back()) != kBoundedNames.end();
}

const DomainPolicy* covering_policy(const Policies& policies, const Relation& relation,
                                    const Column& column) {
  for (const DomainPolicy& policy : policies.domains)
    if (policy.demand == DomainDemand::range && policy.columns.matches(relation.name, column.name))
      return &policy;
  return nullptr;
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A check of the column's type; domains over domains hold each other's.
bool has_checked_domain(const Schema& schema, const Column& column) {
  std::string type = column.type->normal;
  for (std::size_t depth = 0; depth <= schema.domains.size(); ++depth) {
    auto domain = std::find_if(schema.domains.begin(), schema.domains.end(),
                               [&](const Domain& each) { return to_string(each.name) == type; });
    if (domain == schema.domains.end() || !domain->base) return false;
    if (!domain->checks.empty()) return true;
    type = domain->base->normal;
  }
  return false;
}

/// Whether anything beyond its type restricts the numbers it may hold.
bool is_bounded(const Schema& schema, const Relation& relation, const Column& column) {
  for (const CheckConstraint& check : relation.checks)
    if (holds(check.columns, column.name) &&
        check.expression.normal != "notnull(" + quote_identifier(column.name) + ")")
      return true;
  for (const ForeignKey& foreign_key : relation.foreign_keys)
    if (holds(foreign_key.columns, column.name)) return true;
  return column.generated.has_value() || has_checked_domain(schema, column);
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const Schema& schema = context.schema;
  for (const Relation& relation : schema.relations) {
    if (!stands_for_itself(relation) || !relation.coverage.checks) continue;
    for (const Column& column : relation.columns) {
      if (column.inherited || !column.type) continue;
      const std::string type = base_type(schema, column);
      const DomainPolicy* policy = covering_policy(context.policy(), relation, column);
      const bool fits = is_number(type) || (policy && is_point_in_time(type));
      if (!fits || (!policy && !is_named_like_a_bounded_number(column))) continue;
      ++outcome.checked;
      if (is_bounded(schema, relation, column)) continue;
      Finding finding =
          start_finding(context, range_without_check.info, object_of(relation, column),
                        column.origin, policy ? policy->columns.origin : Origin{});
      finding.evidence.of(context.role) = column.name + " " + column.type->text;
      if (policy) {
        finding.message = name_of(relation, column) +
                          " has no CHECK that bounds it, which policy.domains asks for (\"" +
                          policy->columns.text + "\").";
        outcome.findings.push_back(std::move(finding));
      } else {
        finding.message = name_of(relation, column) +
                          " is named like a number that has bounds, and nothing bounds it.";
        outcome.suspicions.push_back({std::move(finding)});
      }
    }
  }
  UnmatchedColumns unmatched("policy.domains");
  for (const DomainPolicy& policy : context.policy().domains)
    if (policy.demand == DomainDemand::range && !fits_any_column(schema, policy.columns))
      unmatched.add(policy.columns);
  unmatched.ask(outcome, range_without_check.info);
  outcome.answer =
      domain_answer(context.schema, outcome.suspicions, "range", "range-without-check");
  return outcome;
}

}  // namespace

const Rule range_without_check{
    {.id = "range-without-check",
     .severity = Severity::medium,
     .category = "checks",
     .summary = "A number that should have bounds, and nothing bounds it.",
     .docs = R"md(## What it does
Reports each column for which `[policy.domains]` asks a `"range"` and which has neither a CHECK that
reads it, nor a domain with one, nor a foreign key. Columns of a numeric type that only are named
like a score, percentage, ratio, rating, count, quantity or amount become one question.

## Why it matters
A type's own bounds are far away: an `integer` percentage may be -5 or 10000, and every sum and
average over it is then wrong without an error.

## Example
```sql
CREATE TABLE reviews (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  score integer NOT NULL
);
```
```toml
[policy.domains]
"*.score" = "range"
```

## Use instead
```sql
CREATE TABLE reviews (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  score integer NOT NULL CHECK (score BETWEEN 0 AND 100)
);
```
```toml
[policy.domains]
"*.score" = "range"
```

## Limits
Any CHECK that reads the column counts, except `IS NOT NULL`. For a policy, dates and timestamps
are looked at, too; other types are not. Partitions are told by their root.
)md",
     .question = {"numeric column is named like a number that has bounds, and nothing bounds it. "
                  "Should it have a CHECK?",
                  "numeric columns are named like numbers that have bounds, and nothing bounds "
                  "them. Should they have a CHECK?",
                  "# yes: every such column needs a CHECK\n"
                  "[policy.domains]\n"
                  "\"*.score\" = \"range\"\n"
                  "# no: do not ask again\n"
                  "# [rules.range-without-check]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
