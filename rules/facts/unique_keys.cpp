#include "rules/facts/unique_keys.h"

#include <algorithm>

namespace schemaudit {

namespace {

UniqueKey of_constraint(const KeyConstraint& constraint, bool is_primary) {
  UniqueKey key;
  key.name = constraint.name;
  key.columns = constraint.columns;
  key.is_primary = is_primary;
  key.is_constraint = true;
  key.deferrable = constraint.deferrable.value_or(false);
  key.nulls_not_distinct = constraint.nulls_not_distinct;
  key.origin = constraint.origin;
  return key;
}

UniqueKey of_index(const Index& index) {
  UniqueKey key;
  key.name = index.name;
  for (const IndexKey& part : index.keys) {
    if (part.column)
      key.columns.push_back(*part.column);
    else
      key.has_expressions = true;
  }
  if (key.has_expressions) key.columns.clear();
  key.nulls_not_distinct = index.nulls_not_distinct;
  key.valid = index.valid.value_or(true);
  if (index.predicate.has_value()) key.predicate = &index.predicate.value();
  key.origin = index.origin;
  return key;
}

}  // namespace

bool UniqueKey::identifies_rows(const Relation& relation) const {
  if (!valid || predicate || has_expressions) return false;
  return nulls_not_distinct ||
         std::none_of(columns.begin(), columns.end(), [&](const std::string& column_name) {
           const Column* column = relation.find_column(column_name);
           return !column || column->nullable.value_or(true);
         });
}

std::vector<UniqueKey> unique_keys(const Relation& relation) {
  std::vector<UniqueKey> keys;
  if (relation.primary_key) keys.push_back(of_constraint(*relation.primary_key, true));
  for (const KeyConstraint& constraint : relation.unique_constraints)
    keys.push_back(of_constraint(constraint, false));
  for (const Index& index : relation.indexes)
    if (index.unique.value_or(false) && index.constraint.empty()) keys.push_back(of_index(index));
  return keys;
}

}  // namespace schemaudit
