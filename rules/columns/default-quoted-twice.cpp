#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rules/facts/column_types.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule default_quoted_twice;

namespace {

/// What the literal stands for; unset where the default is anything but one literal.
std::optional<std::string> literal_value(const Column& column) {
  if (!column.default_value.has_value() || !column.default_value->decided) return std::nullopt;
  const std::string_view normal = column.default_value->normal;
  if (normal.size() < 2 || normal.front() != '\'' || normal.back() != '\'') return std::nullopt;
  std::string value;
  for (std::size_t i = 1; i + 1 < normal.size(); ++i) {
    value += normal[i];
    if (normal[i] != '\'') continue;
    // A quote that stands alone ends the literal: there is more than one.
    if (i + 2 >= normal.size() || normal[i + 1] != '\'') return std::nullopt;
    ++i;
  }
  return value;
}

bool is_meant(const Relation& relation, const Column& column, const std::string& value) {
  return std::any_of(
      relation.checks.begin(), relation.checks.end(), [&](const CheckConstraint& check) {
        return check.allowed && check.allowed->column == column.name &&
               std::find(check.allowed->values.begin(), check.allowed->values.end(), value) !=
                   check.allowed->values.end();
      });
}

Finding quoted(const SchemaContext& context, const Relation& relation, const Column& column,
               const std::string& value) {
  const bool is_null = value.front() != '\'';
  Finding finding =
      start_finding(context, default_quoted_twice.info, object_of(relation, column), column.origin);
  finding.message = "The default of " + name_of(relation, column) +
                    (is_null ? " is the word " + value + ", not a NULL."
                             : " is the text " + value + " with its quotes.");
  finding.evidence.of(context.role) = "DEFAULT " + column.default_value->text;
  const std::string alter =
      "ALTER TABLE " + sql_name(relation.name) + " ALTER COLUMN " + sql_name(column.name);
  finding.fix =
      Fix{FixKind::sql, alter + (is_null ? " DROP DEFAULT;" : " SET DEFAULT " + value + ";")};
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!stands_for_itself(relation)) continue;
    for (const Column& column : relation.columns) {
      if (column.inherited || !is_text(base_type(context.schema, column))) continue;
      const std::optional<std::string> value = literal_value(column);
      if (!value) continue;
      ++outcome.checked;
      const bool is_null = fold_case(*value) == "null";
      const bool has_quotes = value->size() >= 2 && value->front() == '\'' &&
                              value->back() == '\'' && value->find('\'', 1) == value->size() - 1;
      if ((is_null || has_quotes) && !is_meant(relation, column, *value))
        outcome.findings.push_back(quoted(context, relation, column, *value));
    }
  }
  return outcome;
}

}  // namespace

const Rule default_quoted_twice{
    {.id = "default-quoted-twice",
     .severity = Severity::medium,
     .category = "columns",
     .summary = "A default that is the word NULL, or has its quotes in it.",
     .docs = R"md(## What it does
Reports text columns whose default is the word `NULL`, or a text that begins and ends with a single quote.

## Why it matters
`DEFAULT 'NULL'` puts four letters into every row that leaves the column out: IS NULL does not find them,
NOT NULL does not stop them. `DEFAULT '''new'''` puts the quotes into the row, and `= 'new'` is false. Both
are what a generator writes that quotes what was quoted.

## Example
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL,
  author text DEFAULT 'NULL'
);
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL,
  author text
);
```

## Limits
Rows that have it already keep it; the fix changes what new ones get. A value that a CHECK of the column
lists is meant. Columns of json have a null of their own, and are left out.
)md"},
    check};

}  // namespace schemaudit
