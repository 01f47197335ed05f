#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "rules/facts/sql_names.h"
#include "rules/facts/tables.h"
#include "rules/facts/unique_keys.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule missing_primary_key;

namespace {

bool is_not_null(const Relation& relation, const UniqueKey& key) {
  return std::all_of(key.columns.begin(), key.columns.end(), [&](const std::string& name) {
    const Column* column = relation.find_column(name);
    return column && column->nullable == false;
  });
}

/// The key that could be the primary key as it is.
std::optional<UniqueKey> key_in_its_place(const Relation& relation) {
  for (const UniqueKey& key : unique_keys(relation))
    if (key.identifies_rows(relation) && !key.deferrable && is_not_null(relation, key)) return key;
  return std::nullopt;
}

const Index* index_of_key(const Relation& relation, const UniqueKey& key) {
  for (const Index& index : relation.indexes)
    if (index.name == key.name) return &index;
  return nullptr;
}

bool is_referenced(const Schema& schema, const QualifiedName& table) {
  for (const Relation& relation : schema.relations)
    for (const ForeignKey& foreign_key : relation.foreign_keys)
      if (foreign_key.target == table) return true;
  return false;
}

/// Makes the key primary, where nothing depends on it as it is.
std::optional<Fix> fix_of(const Schema& schema, const Relation& relation, const UniqueKey& key) {
  if (relation.kind != RelationKind::table || is_referenced(schema, relation.name))
    return std::nullopt;
  const std::string table = "ALTER TABLE " + sql_name(relation.name);
  if (key.is_constraint) {
    const auto own =
        std::find_if(relation.unique_constraints.begin(), relation.unique_constraints.end(),
                     [&](const KeyConstraint& constraint) { return constraint.name == key.name; });
    if (own == relation.unique_constraints.end() || own->without_overlaps || !own->include.empty())
      return std::nullopt;
    return Fix{FixKind::sql, table + " DROP CONSTRAINT " + sql_name(key.name) +
                                 ", ADD PRIMARY KEY " + sql_list(key.columns) + ";"};
  }
  const Index* index = index_of_key(relation, key);
  const bool has_default_order =
      index && index->method == "btree" &&
      std::all_of(index->keys.begin(), index->keys.end(), [](const IndexKey& part) {
        return !part.descending && !part.nulls_first && part.collation.empty() &&
               part.operator_class.empty();
      });
  if (!has_default_order) return std::nullopt;
  return Fix{FixKind::sql, table + " ADD PRIMARY KEY USING INDEX " + sql_name(key.name) + ";"};
}

Finding without_key(const SchemaContext& context, const Relation& relation) {
  Finding finding =
      start_finding(context, missing_primary_key.info, object_of(relation), relation.origin);
  finding.message = "Table " + to_string(relation.name) + " has no primary key";
  if (const auto key = key_in_its_place(relation)) {
    finding.message += "; its unique key " + quote_identifier(key->name) + " (" +
                       join_identifiers(key->columns) + ") identifies its rows and could be it.";
    finding.fix = fix_of(context.schema, relation, *key);
  } else if (unique_keys(relation).empty()) {
    finding.message += ", and no other key tells its rows apart.";
  } else {
    finding.message += ", and none of its unique keys could be it as it is.";
  }
  const Relation* parent =
      relation.inherits.empty() ? nullptr : context.schema.find_relation(relation.inherits.front());
  if (parent && parent->primary_key)
    finding.message += " The key of " + to_string(relation.inherits.front()) +
                       ", from which it inherits, does not hold for it.";
  finding.evidence.of(context.role) = "no primary key";
  return finding;
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations) {
    if (!keeps_rows(relation) || !relation.coverage.primary_key) continue;
    // A table without columns can have none, which is told of it already.
    if (relation.columns.empty() && relation.coverage.columns) continue;
    ++outcome.checked;
    if (!relation.primary_key) outcome.findings.push_back(without_key(context, relation));
  }
  return outcome;
}

}  // namespace

const Rule missing_primary_key{{.id = "missing-primary-key",
                                .severity = Severity::medium,
                                .category = "keys",
                                .summary = "A table without a primary key.",
                                .docs = R"md(## What it does
Reports tables without a primary key, and says whether a unique key could be it: one that is valid,
for all rows, not deferrable, and over columns that are NOT NULL. A partitioned table counts once,
at its root. A table that inherits counts, since keys are not inherited.

## Why it matters
One of two equal rows cannot be changed or deleted alone, foreign keys have nothing to reference,
and logical replication refuses UPDATE and DELETE.

## Example
```sql
CREATE TABLE readings (sensor integer NOT NULL, taken_at timestamptz NOT NULL, value numeric);
```

## Use instead
```sql
CREATE TABLE readings (
  sensor integer NOT NULL,
  taken_at timestamptz NOT NULL,
  value numeric,
  PRIMARY KEY (sensor, taken_at)
);
```

## Limits
Foreign tables are left out: their keys are kept elsewhere. A table that is only ever loaded and
emptied may do without: waive it.
)md"},
                               check};

}  // namespace schemaudit
