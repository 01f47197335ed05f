#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "rules/facts/column_types.h"
#include "rules/facts/partitions.h"
#include "rules/facts/predicates.h"
#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule unindexed_search_column;

namespace {

bool is_vector(std::string_view base) {
  const std::string_view type = bare_type(base);
  return type == "vector" || type == "halfvec" || type == "sparsevec";
}

bool is_text_search(std::string_view base) {
  return base == "tsvector";
}

bool reads(const Index& index, const std::string& column) {
  return std::any_of(index.keys.begin(), index.keys.end(), [&](const IndexKey& key) {
    return key.column == column ||
           (key.expression &&
            (!key.expression->decided || !columns_in(*key.expression, {column}).empty()));
  });
}

/// Methods that order or hash whole values find neither words nor neighbours.
bool can_search(const Index& index) {
  return index.method != "btree" && index.method != "hash" && index.method != "brin" &&
         index.valid.value_or(true);
}

bool has_search_index(const Schema& schema, const Relation& relation, const std::string& column) {
  if (!relation.coverage.indexes) return true;
  for (const Index& index : relation.indexes)
    if (can_search(index) && reads(index, column)) return true;
  const auto partitions = partitions_of(schema, relation);
  return !partitions.empty() &&
         std::all_of(partitions.begin(), partitions.end(), [&](const Relation* partition) {
           return has_search_index(schema, *partition, column);
         });
}

Finding unindexed(const SchemaContext& context, const Relation& relation, const Column& column,
                  bool vector) {
  Finding finding = start_finding(context, unindexed_search_column.info,
                                  object_of(relation, column), column.origin);
  finding.message = "No index searches " + name_of(relation, column) + " (" + column.type->text +
                    "): " +
                    (vector ? "each search for the nearest compares every row."
                            : "each text search reads every row.");
  finding.evidence.of(context.role) = column.name + " " + column.type->text;
  if (!vector)
    finding.fix = Fix{FixKind::sql, "CREATE INDEX ON " + sql_name(relation.name) + " USING gin " +
                                        sql_list({column.name}) + ";"};
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation) && relation.kind != RelationKind::materialized_view) continue;
    for (const Column& column : relation.columns) {
      if (!column.type) continue;
      const std::string base = base_type(context.schema, column);
      const bool vector = is_vector(base);
      if (!vector && !is_text_search(base)) continue;
      ++outcome.checked;
      if (!has_search_index(context.schema, relation, column.name))
        outcome.suspicions.push_back({unindexed(context, relation, column, vector)});
    }
  }
  return outcome;
}

}  // namespace

const Rule unindexed_search_column{
    {.id = "unindexed-search-column",
     .severity = Severity::low,
     .category = "indexes",
     .summary = "A tsvector or vector column that no index searches.",
     .docs = R"md(## What it does
Asks about columns of the type tsvector without a gin, gist or similar index, and about those of
pgvector's types (vector, halfvec, sparsevec) without hnsw, ivfflat or the like. A partitioned table
is well off where each of its partitions has one.

## Why it matters
Such columns exist to be searched, and a btree cannot do it.

## Example
```sql
CREATE TABLE pages (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  body text NOT NULL,
  words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED
);
```

## Use instead
```sql
CREATE TABLE pages (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  body text NOT NULL,
  words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED
);
CREATE INDEX ON pages USING gin (words);
```

## Limits
A few thousand vectors are as well compared one by one, exactly. Whether the operator class fits the
queries' distance is not looked at.
)md",
     .question = {"column is made for searches, and no index searches it. Should it have one?",
                  "columns are made for searches, and no index searches them. Should they have "
                  "one?",
                  "# yes: report each of them\n"
                  "[rules.unindexed-search-column]\n"
                  "severity = \"low\"\n"
                  "# no: do not ask again\n"
                  "# [rules.unindexed-search-column]\n"
                  "# ask = false"}},
    check};

}  // namespace schemaudit
