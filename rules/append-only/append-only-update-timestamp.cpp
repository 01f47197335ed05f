#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/facts/column_types.h"
#include "rules/facts/name_words.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule append_only_update_timestamp;

namespace {

constexpr std::array<std::string_view, 8> kChanges = {
    "updated", "modified", "changed", "edited", "deleted", "removed", "altered", "discarded"};

/// `updated_at`, `last_modified_on`, `deletedAt`: the row's own change, not another object's
/// (`user_updated_at`).
bool tells_of_a_change(const SchemaContext& context, const Column& column) {
  std::vector<std::string> words = words_of(column.name);
  if (!words.empty() && (words.front() == "last" || words.front() == "date"))
    words.erase(words.begin());
  if (words.empty() || words.size() > 2 ||
      std::find(kChanges.begin(), kChanges.end(), words.front()) == kChanges.end())
    return false;
  const bool ends = words.size() == 1 || words[1] == "at" || words[1] == "on" ||
                    words[1] == "time" || words[1] == "date";
  return ends && is_point_in_time(base_type(context.schema, column));
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  const std::optional<AppendOnlyPolicy>& policy = context.policy().append_only;
  if (!policy) {
    outcome.not_run = "no [policy.append_only] in the config";
    return outcome;
  }
  for (const Relation& relation : context.schema.relations) {
    if (!stands_for_itself(relation) || !policy->tables.matches(relation.name)) continue;
    ++outcome.checked;
    for (const Column& column : relation.columns) {
      if (!tells_of_a_change(context, column)) continue;
      Finding finding = start_finding(context, append_only_update_timestamp.info,
                                      object_of(relation, column), column.origin, policy->origin);
      finding.message = name_of(relation, column) +
                        " tells when a row was changed, and rows of an append-only table never "
                        "are.";
      finding.evidence.of(context.role) = column.name + " " + column.type->text;
      outcome.findings.push_back(std::move(finding));
    }
  }
  return outcome;
}

}  // namespace

const Rule append_only_update_timestamp{
    {.id = "append-only-update-timestamp",
     .severity = Severity::medium,
     .category = "append-only",
     .needs_policy = true,
     .summary = "An updated_at or deleted_at column on an append-only table.",
     .docs = R"md(## What it does
For tables of `[policy.append_only]`, reports columns that tell when their row was changed or
deleted: `updated_at`, `last_modified`, `deleted_on` and the like.

## Why it matters
Somebody meant to change these rows, or some code fills the column on every table and would change
them: either the policy or the column is wrong.

## Example
```sql
CREATE TABLE audit_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
```
```toml
[policy.append_only]
tables = ["audit_entries"]
```

## Use instead
```sql
CREATE TABLE audit_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now()
);
```
```toml
[policy.append_only]
tables = ["audit_entries"]
```

## Limits
Goes by names, in English, of columns that hold a date or a timestamp. A column about something
else, such as `user_updated_at`, is left alone.
)md"},
    check};

}  // namespace schemaudit
