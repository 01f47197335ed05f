#include <string>
#include <utility>

#include "rules/facts/column_types.h"
#include "rules/facts/generated_values.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule short_integer_key;

namespace {

Finding short_key(const SchemaContext& context, const Relation& relation, const Column& column,
                  const std::string& type) {
  Finding finding =
      start_finding(context, short_integer_key.info, object_of(relation, column), column.origin);
  finding.message = name_of(relation, column) + " counts up in " + type + ", which ends at " +
                    (type == "smallint" ? "32767" : "2147483647") + ".";
  finding.evidence.of(context.role) = column.name + " " + column.type->text;
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation) || !relation.primary_key || relation.primary_key->columns.size() != 1)
      continue;
    ++outcome.checked;
    const Column* column = relation.find_column(relation.primary_key->columns.front());
    if (!column || !counts_up(*column)) continue;
    const std::string type = base_type(context.schema, *column);
    if (type == "integer" || type == "smallint")
      outcome.suspicions.push_back({short_key(context, relation, *column, type)});
  }
  return outcome;
}

}  // namespace

const Rule short_integer_key{
    {.id = "short-integer-key",
     .severity = Severity::medium,
     .category = "keys",
     .summary = "A primary key that counts up in an integer or smallint.",
     .docs = R"md(## What it does
Asks about primary keys of one integer or smallint column whose values come from a sequence
(identity, serial, nextval).

## Why it matters
The sequence also spends numbers on rows that are rolled back or that ON CONFLICT skips. At the end
of the type every insert fails, and the change to bigint rewrites the table and all that reference
it.

## Example
```sql
CREATE TABLE events (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload jsonb);
```

## Use instead
```sql
CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload jsonb);
```

## Limits
How many rows there are is not looked at: a list of countries will never need more.
)md",
     .question = {"primary key counts up in an integer or smallint. Can its table outgrow that?",
                  "primary keys count up in an integer or smallint. Can their tables outgrow "
                  "that?",
                  "# yes: report each of them, and waive those that stay small\n"
                  "[rules.short-integer-key]\n"
                  "severity = \"medium\"\n"
                  "# no: do not ask again\n"
                  "# [rules.short-integer-key]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
