#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts/index_text.h"
#include "rules/facts/key_references.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule needless_wider_unique;

namespace {

std::set<std::string> columns_of(const Index& index) {
  std::set<std::string> columns;
  for (const IndexKey& key : index.keys)
    if (key.column) columns.insert(*key.column);
  return columns;
}

bool has_expressions(const Index& index) {
  return std::any_of(index.keys.begin(), index.keys.end(),
                     [](const IndexKey& key) { return !key.column; });
}

/// By equality of another collation or class, other values are the same.
bool compares_as_usual(const Index& index) {
  return std::all_of(index.keys.begin(), index.keys.end(), [](const IndexKey& key) {
    return key.collation.empty() && key.operator_class.empty();
  });
}

bool is_deferrable(const Relation& relation, const Index& index) {
  if (index.constraint.empty()) return false;
  auto is_it = [&](const KeyConstraint& key) {
    return key.name == index.constraint && key.deferrable.value_or(true);
  };
  return (relation.primary_key && is_it(*relation.primary_key)) ||
         std::any_of(relation.unique_constraints.begin(), relation.unique_constraints.end(), is_it);
}

bool same_rows(const Index& narrow, const Index& wide) {
  if (narrow.predicate.is_none()) return true;
  return narrow.predicate.has_value() && wide.predicate.has_value() && narrow.predicate->decided &&
         wide.predicate->decided && narrow.predicate->normal == wide.predicate->normal;
}

/// Whether rows that `narrow` lets pass because a column is NULL may still be held apart by `wide`.
bool nulls_matter(const Relation& relation, const Index& narrow, const Index& wide) {
  if (!wide.nulls_not_distinct || narrow.nulls_not_distinct) return false;
  return std::any_of(narrow.keys.begin(), narrow.keys.end(), [&](const IndexKey& key) {
    const Column* column = relation.find_column(*key.column);
    return !column || column->nullable.value_or(true);
  });
}

bool keeps_rows_apart(const Index& index) {
  return index.unique.value_or(false) && index.valid.value_or(true) && index.method == "btree" &&
         !index.keys.empty() && !has_expressions(index) && compares_as_usual(index) &&
         !index.predicate.is_unknown();
}

/// Whether no two rows can differ in `narrow` and be the same in `wide`.
bool implies(const Relation& relation, const Index& narrow, const Index& wide) {
  if (!keeps_rows_apart(narrow) || narrow.keys.size() >= wide.keys.size()) return false;
  const std::set<std::string> few = columns_of(narrow), many = columns_of(wide);
  return std::includes(many.begin(), many.end(), few.begin(), few.end()) &&
         same_rows(narrow, wide) && !nulls_matter(relation, narrow, wide) &&
         !is_deferrable(relation, narrow);
}

/// What it is there for beside keeping rows apart: a foreign key, a replica, or columns to return.
bool is_needed(const Schema& schema, const Relation& relation, const Index& wide) {
  return !wide.include.empty() || wide.replica_identity ||
         may_be_referenced(schema, relation, wide) ||
         (relation.primary_key && relation.primary_key->name == wide.constraint &&
          !wide.constraint.empty());
}

RuleOutcome check(const SchemaContext& context) {
  RuleOutcome outcome;
  for (const Relation& relation : context.schema.relations)
    for (const Index& wide : relation.indexes) {
      if (wide.inherited || wide.keys.size() < 2 || !keeps_rows_apart(wide)) continue;
      ++outcome.checked;
      const auto narrow = std::find_if(
          relation.indexes.begin(), relation.indexes.end(),
          [&](const Index& other) { return &other != &wide && implies(relation, other, wide); });
      if (narrow == relation.indexes.end() || is_needed(context.schema, relation, wide)) continue;
      Finding finding = start_finding(context, needless_wider_unique.info,
                                      index_of(relation, wide.name), wide.origin);
      finding.message = "Index " + quote_identifier(wide.name) + " of " + to_string(relation.name) +
                        " keeps apart what " + quote_identifier(narrow->name) + ", " +
                        describe(*narrow) + ", keeps apart already: it need not be unique.";
      finding.evidence.of(context.role) = describe(wide);
      outcome.findings.push_back(std::move(finding));
    }
  return outcome;
}

}  // namespace

const Rule needless_wider_unique{
    {.id = "needless-wider-unique",
     .severity = Severity::low,
     .category = "indexes",
     .profile = Profile::strict,
     .summary = "A unique key over the columns of another one and more.",
     .docs = R"md(## What it does
Reports a unique constraint or index whose columns hold all columns of another one of the table: where no
two rows have the same `a`, no two have the same `a` and `b`.

## Why it matters
It promises nothing that is not kept already, and every write keeps it. Most often one of the two says what
was not meant: that an e-mail is unique, say, where it was to be unique for each tenant.

## Example
```sql
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id bigint NOT NULL,
  email text NOT NULL UNIQUE,
  UNIQUE (email, tenant_id)
);
```
```toml
[rules.needless-wider-unique]
severity = "low"
```

## Use instead
```sql
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id bigint NOT NULL,
  email text NOT NULL,
  UNIQUE (email, tenant_id)
);
```
```toml
[rules.needless-wider-unique]
severity = "low"
```

## Limits
Left out are keys that a foreign key refers to (a foreign key over several columns needs one over just
these), replica identities, those with INCLUDE columns, expressions, other collations and operator classes,
partial ones whose predicate the narrower one does not have, and NULLS NOT DISTINCT over columns that may
be NULL. `ON CONFLICT (a, b)` in an application needs the wider key, and queries may use its index, which
is why there is no fix: hence only the strict profile says this.
)md"},
    check};

}  // namespace schemaudit
