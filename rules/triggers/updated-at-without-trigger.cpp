#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/facts/column_types.h"
#include "rules/facts/partitions.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule updated_at_without_trigger;

namespace {

bool is_named_like_last_change(const Column& column) {
  const std::string name = fold_case(column.name);
  for (std::string_view known :
       {"updated_at", "updated_on", "modified_at", "modified_on", "last_updated", "last_modified",
        "last_update", "last_updated_at", "last_modified_at", "changed_at", "updatedat",
        "modifiedat", "date_modified", "date_updated", "modified_date", "modifieddate",
        "update_time", "updated_time", "modified_time"})
    if (name == known) return true;
  return false;
}

/// Filled on insert by the database itself, so that somebody meant it to keep the column.
bool begins_as_now(const Column& column) {
  if (!column.default_value.has_value()) return false;
  const std::string text = fold_case(column.default_value->normal);
  for (std::string_view clock :
       {"now()", "current_timestamp", "clock_timestamp()", "statement_timestamp()",
        "transaction_timestamp()", "localtimestamp", "current_date"})
    if (text.find(clock) != std::string::npos) return true;
  return false;
}

bool sets_rows_on_update(const Trigger& trigger) {
  return trigger.definition.rfind("BEFORE", 0) == 0 &&
         trigger.definition.find("UPDATE") != std::string::npos &&
         trigger.definition.find("FOR EACH ROW") != std::string::npos;
}

bool has_such_a_trigger(const Relation& relation) {
  return std::any_of(relation.triggers.begin(), relation.triggers.end(), sets_rows_on_update);
}

/// Before PostgreSQL 13 such triggers stood on the partitions alone.
bool partitions_have_it(const Schema& schema, const Relation& root) {
  const std::vector<const Relation*> partitions = partitions_of(schema, root);
  return std::any_of(partitions.begin(), partitions.end(),
                     [](const Relation* partition) { return has_such_a_trigger(*partition); });
}

bool is_append_only(const Policies& policies, const Relation& relation) {
  return policies.append_only && policies.append_only->tables.matches(relation.name);
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation) || !relation.coverage.triggers) continue;
    for (const Column& column : relation.columns) {
      if (!is_named_like_last_change(column) ||
          !is_point_in_time(base_type(context.schema, column)) || column.generated.has_value())
        continue;
      ++outcome.checked;
      if (!begins_as_now(column) || has_such_a_trigger(relation) ||
          partitions_have_it(context.schema, relation) ||
          is_append_only(context.policy(), relation))
        continue;
      Finding finding = start_finding(context, updated_at_without_trigger.info,
                                      object_of(relation, column), column.origin);
      finding.message = name_of(relation, column) +
                        " is set when a row is inserted, and no trigger keeps it when the row is "
                        "updated.";
      finding.evidence.of(context.role) =
          quote_identifier(column.name) + " DEFAULT " + column.default_value->text;
      outcome.suspicions.push_back({std::move(finding)});
    }
  }
  return outcome;
}

}  // namespace

const Rule updated_at_without_trigger{
    {.id = "updated-at-without-trigger",
     .severity = Severity::low,
     .category = "triggers",
     .summary = "A column such as updated_at that the database sets once and never again.",
     .docs = R"md(## What it does
Looks for columns named like the time of the last change (`updated_at`, `modified_at`,
`last_updated`) that default to the current time, on tables without any BEFORE UPDATE trigger for
each row, and asks once who keeps them.

## Why it matters
A default counts for INSERT only. After an UPDATE that does not name the column it still shows the
time of the insert, and synchronisation that relies on it misses the change.

## Example
```sql
CREATE TABLE notes (id bigint PRIMARY KEY, updated_at timestamptz NOT NULL DEFAULT now());
```

## Use instead
```sql
CREATE TABLE notes (id bigint PRIMARY KEY, updated_at timestamptz NOT NULL DEFAULT now());
CREATE FUNCTION keep_updated_at() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN NEW.updated_at := now(); RETURN NEW; END';
CREATE TRIGGER notes_updated_at BEFORE UPDATE ON notes
  FOR EACH ROW EXECUTE FUNCTION keep_updated_at();
```

## Limits
Many applications set the column themselves, so this is a question. What a trigger does is not read:
any that may change the row counts. Tables of `[policy.append_only]` are left out. An heir by
INHERITS needs a trigger of its own, since those of its parent do not fire for it.
)md",
     .question = {"column such as updated_at is set on insert, and no trigger keeps it on update. "
                  "Does every writer set it?",
                  "columns such as updated_at are set on insert, and no trigger keeps them on "
                  "update. Does every writer set them?",
                  "# no: each is a finding until it has its trigger\n"
                  "[rules.updated-at-without-trigger]\n"
                  "severity = \"low\"\n"
                  "# yes, the application does: do not ask again\n"
                  "# [rules.updated-at-without-trigger]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
