#include <string>
#include <utility>

#include "rules/facts/column_types.h"
#include "rules/facts/index_text.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule btree_index_on_array;

namespace {

/// The first key that is an array; nullptr where there is none.
const Column* array_key(const Schema& schema, const Relation& relation, const Index& index) {
  for (const IndexKey& key : index.keys) {
    const Column* column = key.column ? relation.find_column(*key.column) : nullptr;
    if (column && is_array(base_type(schema, *column))) return column;
  }
  return nullptr;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const Index& index : relation.indexes) {
      if (index.inherited || index.method != "btree" || index.unique.value_or(true) ||
          !index.constraint.empty())
        continue;
      ++outcome.checked;
      const Column* column = array_key(context.schema, relation, index);
      if (!column) continue;
      Finding finding = start_finding(context, btree_index_on_array.info,
                                      index_of(relation, index.name), index.origin);
      finding.message = "Index " + quote_identifier(index.name) + " is a btree on the array " +
                        name_of(relation, *column) +
                        ": it finds whole arrays, not those that contain an element.";
      finding.evidence.of(context.role) = describe(index);
      outcome.suspicions.push_back({std::move(finding)});
    }
  return outcome;
}

}  // namespace

const Rule btree_index_on_array{
    {.id = "btree-index-on-array",
     .severity = Severity::low,
     .category = "indexes",
     .summary = "A btree index on an array column.",
     .docs = R"md(## What it does
Asks about btree indexes, other than unique ones, with an array column among their keys.

## Why it matters
A btree compares whole arrays. `tags @> ARRAY['x']` and `'x' = ANY (tags)` read the whole table, and
a long array is refused: an entry of a btree takes a third of a page at most.

## Example
```sql
CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tags text[]);
CREATE INDEX ON notes (tags);
```

## Use instead
```sql
CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tags text[]);
CREATE INDEX ON notes USING gin (tags);
```
A gin index serves `@>`, `&&` and `<@`; write `tags @> ARRAY['x']` rather than `= ANY`.

## Limits
Queries are not looked at: comparing whole arrays may be what is meant.
)md",
     .question = {"btree index is on an array, and finds only whole arrays. Should it be a gin "
                  "index?",
                  "btree indexes are on arrays, and find only whole arrays. Should they be gin "
                  "indexes?",
                  "# yes: report each of them\n"
                  "[rules.btree-index-on-array]\n"
                  "severity = \"low\"\n"
                  "# no: do not ask again\n"
                  "# [rules.btree-index-on-array]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
