#include <algorithm>
#include <string>
#include <utility>

#include "rules/findings/schema_findings.h"
#include "rules/findings/type_findings.h"

namespace schemaudit {

extern const Rule timestamp_without_zone;

namespace {

constexpr std::string_view kType = "timestamp without time zone";

/// Whether a policy asks for this very type here.
bool is_asked_for(const Policies& policies, const StatedType& stated) {
  if (!stated.column) return false;
  auto asks = [](const std::string& type) { return type.find("without time zone") != type.npos; };
  if (policies.types)
    for (const TypesPolicy::Wanted& wanted : policies.types->wanted)
      if (asks(wanted.type) && wanted.columns.matches(stated.relation->name, stated.column->name))
        return true;
  if (!policies.standard_columns ||
      !policies.standard_columns->tables.matches(stated.relation->name))
    return false;
  const auto& columns = policies.standard_columns->columns;
  return std::any_of(columns.begin(), columns.end(), [&](const StandardColumn& column) {
    return column.name == stated.column->name && asks(column.type);
  });
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const StatedType& stated : stated_types(context.schema)) {
    ++outcome.checked;
    if (stated.element != kType || is_told_as_forbidden(context, stated) ||
        is_asked_for(context.policy(), stated))
      continue;
    Finding finding = start_finding(context, timestamp_without_zone.info, stated);
    finding.message = name_of(stated) + " is " + stated.normal +
                      ": which moment it means depends on who reads it.";
    outcome.suspicions.push_back({std::move(finding)});
  }
  return outcome;
}

}  // namespace

const Rule timestamp_without_zone{
    {.id = "timestamp-without-zone",
     .severity = Severity::low,
     .category = "types",
     .summary = "A column or domain of type timestamp, which does not say in which time zone.",
     .docs = R"md(## What it does
Counts columns and domains of type `timestamp` (without time zone), arrays of it included, and asks
once whether they should be `timestamptz`. `policy.types.forbid = ["timestamp"]` makes each a
finding of `forbidden-type`; what a policy asks to be `timestamp` is not counted.

## Why it matters
`timestamptz` holds a moment. `timestamp` holds what a clock on some wall showed: an offset in the
input is thrown away without a word, and compared with `now()` it means a different moment in each
session's time zone.

## Example
```sql
CREATE TABLE events (id bigint PRIMARY KEY, starts_at timestamp NOT NULL);
```

## Use instead
```sql
CREATE TABLE events (id bigint PRIMARY KEY, starts_at timestamptz NOT NULL);
```

## Limits
A team that stores UTC everywhere loses nothing but the check. Times of day and dates are not
looked at; for `time with time zone` see `time-with-zone`.
)md",
     .question = {"column is a timestamp without time zone. Should it be timestamptz?",
                  "columns are timestamps without time zone. Should they be timestamptz?",
                  "# yes: every such column is a finding\n"
                  "[policy.types]\n"
                  "forbid = [\"timestamp\"]\n"
                  "# no: do not ask again\n"
                  "# [rules.timestamp-without-zone]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
