#include <set>
#include <string>
#include <utility>

#include "rules/findings/schema_findings.h"
#include "rules/findings/type_findings.h"

namespace schemaudit {

extern const Rule forbidden_type;

namespace {

/// Columns that have a sequence of their own, as (table, column).
std::set<std::pair<QualifiedName, std::string>> columns_with_sequence(const Schema& schema) {
  std::set<std::pair<QualifiedName, std::string>> columns;
  for (const Sequence& sequence : schema.sequences)
    if (sequence.owned_by_table.has_value())
      columns.insert({sequence.owned_by_table.value(), sequence.owned_by_column});
  return columns;
}

bool takes_next_value(const Column& column) {
  return column.identity.is_none() && column.default_value.has_value() &&
         column.default_value->text.find("nextval") != std::string::npos;
}

/// What `serial` forbids; the other two forbid their own size alone.
bool is_size_of(const std::string& serial, const std::string& type) {
  if (serial == "bigserial" || serial == "serial8") return type == "bigint";
  if (serial == "smallserial" || serial == "serial2") return type == "smallint";
  return serial == "serial" || serial == "serial4";
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<TypesPolicy>& policy = context.policy().types;
  if (!policy || policy->forbidden.empty()) {
    outcome.not_run = "no policy.types.forbid in the config";
    return outcome;
  }
  const auto with_sequence = columns_with_sequence(context.schema);
  for (const StatedType& stated : stated_types(context.schema)) {
    ++outcome.checked;
    if (const TypesPolicy::Forbidden* forbidden = forbidden_by(context, stated)) {
      Finding finding = start_finding(context, forbidden_type.info, stated, forbidden->origin);
      finding.message = name_of(stated) + " is " + stated.normal +
                        ", which policy.types forbids (\"" + forbidden->text + "\").";
      outcome.findings.push_back(std::move(finding));
    }
    if (!stated.column || !takes_next_value(*stated.column) ||
        !with_sequence.count({stated.relation->name, stated.column->name}))
      continue;
    for (const TypesPolicy::Forbidden& forbidden : policy->forbidden) {
      if (!is_size_of(forbidden.type, stated.bare)) continue;
      Finding finding = start_finding(context, forbidden_type.info, stated, forbidden.origin);
      finding.message = name_of(stated) +
                        " takes its values from a sequence of its own, as serial" +
                        " columns do, which policy.types forbids (\"" + forbidden.text + "\").";
      finding.evidence.of(context.role) = quote_identifier(stated.column->name) + " " +
                                          stated.normal + " DEFAULT " +
                                          stated.column->default_value->text;
      finding.key = "serial";
      outcome.findings.push_back(std::move(finding));
      break;
    }
  }
  return outcome;
}

}  // namespace

const Rule forbidden_type{{.id = "forbidden-type",
                           .severity = Severity::medium,
                           .category = "types",
                           .needs_policy = true,
                           .summary = "A column or domain of a type that policy.types forbids.",
                           .docs = R"md(## What it does
For `[policy.types]` with `forbid`, reports each column and each domain of such a type, whatever
its length or precision, and arrays of it. A forbidden type with a length (`"varchar(255)"`)
forbids that length alone; `"serial"` forbids defaults that take the next value of a sequence that
belongs to the column.

## Why it matters
The team has decided against the type once. Each new column of it is a migration later.

## Example
```sql
CREATE TABLE events (id bigint PRIMARY KEY, starts_at timestamp NOT NULL);
```
```toml
[policy.types]
forbid = ["timestamp", "json"]
```

## Use instead
```sql
CREATE TABLE events (id bigint PRIMARY KEY, starts_at timestamptz NOT NULL);
```
```toml
[policy.types]
forbid = ["timestamp", "json"]
```

## Limits
A domain is told once, not each of its columns. Attributes of composite types, results of
functions, views and foreign tables are not looked at.
)md"},
                          check};

}  // namespace schemaudit
