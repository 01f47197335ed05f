#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule all_nullable_columns;

namespace {

constexpr std::size_t kFewest = 3;

bool is_in_primary_key(const Relation& relation, const Column& column) {
  if (!relation.primary_key) return false;
  const std::vector<std::string>& key = relation.primary_key->columns;
  return std::find(key.begin(), key.end(), column.name) != key.end();
}

/// A CHECK or a domain may keep NULL out, too; what they say in full is not asked here.
bool keeps_null_out_otherwise(const Schema& schema, const Relation& relation,
                              const Column& column) {
  for (const CheckConstraint& check : relation.checks)
    if (std::find(check.columns.begin(), check.columns.end(), column.name) != check.columns.end() &&
        (!check.expression.decided || check.expression.normal.find("null") != std::string::npos))
      return true;
  for (const Domain& domain : schema.domains)
    if (column.type && to_string(domain.name) == column.type->normal &&
        !domain.nullable.value_or(false))
      return true;
  return false;
}

/// The columns beside the primary key; empty where one of them may not be NULL, or is not known.
std::vector<const Column*> nullable_columns(const Schema& schema, const Relation& relation) {
  std::vector<const Column*> columns;
  for (const Column& column : relation.columns) {
    if (is_in_primary_key(relation, column)) continue;
    if (!column.nullable.value_or(false) || column.inherited || column.generated.has_value() ||
        keeps_null_out_otherwise(schema, relation, column))
      return {};
    columns.push_back(&column);
  }
  return columns;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation) || !relation.coverage.columns) continue;
    ++outcome.checked;
    const std::vector<const Column*> columns = nullable_columns(context.schema, relation);
    if (columns.size() < kFewest) continue;
    Finding finding =
        start_finding(context, all_nullable_columns.info, object_of(relation), relation.origin);
    finding.message = "All " + std::to_string(columns.size()) + " columns of " +
                      to_string(relation.name) +
                      (relation.primary_key ? " beside the primary key" : "") +
                      " may be NULL: it takes a row that says nothing.";
    std::string list;
    for (const Column* column : columns)
      list += (list.empty() ? "" : ", ") + quote_identifier(column->name);
    finding.evidence.of(context.role) = "may be NULL: " + list;
    outcome.suspicions.push_back({std::move(finding)});
  }
  return outcome;
}

}  // namespace

const Rule all_nullable_columns{
    {.id = "all-nullable-columns",
     .severity = Severity::low,
     .category = "columns",
     .summary = "A table all of whose columns beside the primary key may be NULL.",
     .docs = R"md(## What it does
Looks for tables with three or more columns beside the primary key, all of which may be NULL, and
asks once about them.

## Why it matters
NULL is what a column allows that nobody thought about. Such a table takes rows that are empty but
for their key, and every query has to expect NULL everywhere.

## Example
```sql
CREATE TABLE addresses (id bigint PRIMARY KEY, street text, city text, country text);
```

## Use instead
```sql
CREATE TABLE addresses (
  id bigint PRIMARY KEY,
  street text,
  city text NOT NULL,
  country text NOT NULL
);
```

## Limits
A CHECK that speaks of NULL, and a domain that excludes it, count as NOT NULL. Views, foreign tables
and children by inheritance are not looked at.
)md",
     .question = {"table lets all its columns beside the primary key be NULL. Should some be NOT "
                  "NULL?",
                  "tables let all their columns beside the primary key be NULL. Should some be "
                  "NOT NULL?",
                  "# yes: make it a finding\n"
                  "[rules.all-nullable-columns]\n"
                  "severity = \"low\"\n"
                  "# no: do not ask again\n"
                  "# [rules.all-nullable-columns]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
