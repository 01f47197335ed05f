#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "rules/facts/column_types.h"
#include "rules/facts/condition_text.h"
#include "rules/facts/name_words.h"
#include "rules/facts/soft_delete_columns.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/findings/column_answers.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule soft_delete_column_never_null;

namespace {

/// Tables whose rows each tell of a deletion, so that its time belongs to all of them.
bool is_a_record_of_deletions(const Relation& relation) {
  constexpr std::array<std::string_view, 19> words = {
      "deleted",  "deletion", "deletions", "tombstone", "tombstones", "archive", "archived",
      "archives", "trash",    "removed",   "removal",   "removals",   "history", "log",
      "logs",     "audit",    "audits",    "event",     "events"};
  for (const std::string& word : words_of(relation.name.name))
    if (std::find(words.begin(), words.end(), word) != words.end()) return true;
  return false;
}

enum class Default { none, current_time, constant, other };

Default default_of(const Column& column) {
  if (column.default_value.is_none()) return Default::none;
  if (!column.default_value.has_value() || !column.default_value->decided) return Default::other;
  const std::string& normal = column.default_value->normal;
  if (normal.find("now()") != std::string::npos || normal.find("_timestamp") != std::string::npos ||
      normal.find("current_date") != std::string::npos)
    return Default::current_time;
  return calls_something(normal) ? Default::other : Default::constant;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  TablesBySoftDeleteColumn suspected;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    const bool by_policy = soft_deletes_by_policy(context.policy(), relation);
    for (const Column& column : relation.columns) {
      if (column.inherited || !is_point_in_time(base_type(context.schema, column))) continue;
      const bool of_policy = by_policy && column.name == context.policy().soft_delete->column;
      if (!of_policy &&
          (!is_named_like_a_deletion_time(column) || is_a_record_of_deletions(relation)))
        continue;
      ++outcome.checked;
      if (column.nullable.value_or(true)) continue;
      const Default value = default_of(column);
      // A constant such as 'infinity' stands for rows that are live.
      if (value == Default::constant || value == Default::other) continue;
      Finding finding =
          start_finding(context, soft_delete_column_never_null.info, object_of(relation, column),
                        column.origin, of_policy ? context.policy().soft_delete->origin : Origin{});
      finding.message = name_of(relation, column) + " is NOT NULL" +
                        (value == Default::current_time ? " and set to the current time" : "") +
                        ": every row counts as deleted.";
      finding.evidence.of(context.role) =
          column.name + " " + column.type->text + " NOT NULL" +
          (value == Default::none ? "" : " DEFAULT " + column.default_value->text);
      if (of_policy || value == Default::current_time) {
        const std::string alter = "ALTER COLUMN " + sql_name(column.name);
        finding.fix = Fix{FixKind::sql, "ALTER TABLE " + sql_name(relation.name) + " " + alter +
                                            " DROP NOT NULL, " + alter + " DROP DEFAULT;"};
        outcome.findings.push_back(std::move(finding));
      } else {
        suspected[column.name].insert(relation.name);
        outcome.suspicions.push_back({std::move(finding)});
      }
    }
  }
  outcome.answer =
      soft_delete_answer(context.schema, suspected, "yes: these tables delete by marking rows",
                         "high", "no: do not ask again", "soft-delete-column-never-null");
  return outcome;
}

}  // namespace

const Rule soft_delete_column_never_null{
    {.id = "soft-delete-column-never-null",
     .severity = Severity::high,
     .category = "soft-delete",
     .summary = "A deleted_at that is never NULL, so that every row counts as deleted.",
     .docs = R"md(## What it does
Reports the time column of `[policy.soft_delete]`, where it is NOT NULL, and on any table a column
`deleted_at`, `deleted_on` or `discarded_at` that is NOT NULL with the current time as its default.
Such a column that is NOT NULL without a default becomes a question.

## Why it matters
`WHERE deleted_at IS NULL` returns no row. Often the line was copied from `created_at`.

## Example
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz NOT NULL DEFAULT now()
);
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
```

## Limits
A constant default such as `'infinity'` marks live rows by a value, and is not reported. Without a
policy, tables whose names speak of deletions, archives, histories, logs or events are left out:
there each row tells of a deletion.
)md",
     .question = {"time of deletion is NOT NULL, so that every row counts as deleted. Should it be "
                  "nullable?",
                  "times of deletion are NOT NULL, so that every row counts as deleted. Should "
                  "they be nullable?",
                  "# yes: these tables delete by marking rows\n"
                  "[policy.soft_delete]\n"
                  "column = \"deleted_at\"\n"
                  "tables = [{tables}]\n"
                  "# no: do not ask again\n"
                  "# [rules.soft-delete-column-never-null]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
