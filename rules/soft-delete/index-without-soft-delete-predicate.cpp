#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/key_references.h"
#include "rules/facts/predicates.h"
#include "rules/facts/soft_delete_columns.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule index_without_soft_delete_predicate;

namespace {

/// Whether the index reads one of these columns, or might.
bool reads(const Index& index, const std::vector<std::string>& columns) {
  auto in = [&](const Expression& expression) {
    return !expression.decided || !columns_in(expression, columns).empty();
  };
  if (index.predicate.is_unknown() || (index.predicate.has_value() && in(index.predicate.value())))
    return true;
  return std::any_of(index.keys.begin(), index.keys.end(), [&](const IndexKey& key) {
    return (key.column &&
            std::find(columns.begin(), columns.end(), *key.column) != columns.end()) ||
           (key.expression && in(*key.expression));
  });
}

/// A partial index does not help a foreign key, which looks for deleted rows, too.
bool serves_a_foreign_key(const Relation& relation, const Index& index) {
  return !index.keys.empty() && index.keys.front().column &&
         is_in_a_foreign_key(relation, *index.keys.front().column);
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation)) continue;
    const std::vector<SoftDeleteColumn> marks = soft_delete_columns(context, relation);
    if (marks.empty()) continue;
    std::vector<std::string> names;
    for (const SoftDeleteColumn& mark : marks) names.push_back(mark.column->name);
    for (const Index& index : relation.indexes) {
      if (index.inherited || !index.constraint.empty() || index.unique.value_or(true)) continue;
      ++outcome.checked;
      if (reads(index, names) || serves_a_foreign_key(relation, index)) continue;
      Finding finding = start_finding(context, index_without_soft_delete_predicate.info,
                                      index_of(relation, index.name), index.origin);
      finding.message = "Index " + quote_identifier(index.name) + " of " +
                        to_string(relation.name) + " holds deleted rows, too: it lacks WHERE " +
                        live_rows_of(marks.front()) + ".";
      outcome.findings.push_back(std::move(finding));
    }
  }
  return outcome;
}

}  // namespace

const Rule index_without_soft_delete_predicate{
    {.id = "index-without-soft-delete-predicate",
     .severity = Severity::low,
     .category = "soft-delete",
     .profile = Profile::strict,
     .summary = "An index that also holds rows which are marked as deleted.",
     .docs = R"md(## What it does
Reports indexes of tables that mark rows as deleted, where neither the predicate nor a key of the
index reads the mark.

## Why it matters
Queries that ask for live rows read past the deleted ones, and each delete leaves its entry behind.

## Example
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL,
  deleted_at timestamptz
);
CREATE INDEX notes_title ON notes (title);
```
```toml
[rules.index-without-soft-delete-predicate]
severity = "low"
```

## Use instead
```sql
CREATE TABLE notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL,
  deleted_at timestamptz
);
CREATE INDEX notes_title ON notes (title) WHERE deleted_at IS NULL;
```
```toml
[rules.index-without-soft-delete-predicate]
severity = "low"
```

## Limits
Worth it where many rows are deleted, which the schema does not tell. An index that begins with a
foreign key's column is left out: a partial one would not serve the key. Unique ones are the matter
of unique-ignores-soft-delete.
)md"},
    check};

}  // namespace schemaudit
