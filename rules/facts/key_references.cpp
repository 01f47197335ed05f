#include "rules/facts/key_references.h"

#include <algorithm>
#include <set>
#include <string>

namespace schemaudit {

bool may_be_referenced(const Schema& schema, const Relation& relation, const Index& index) {
  if (!index.unique.value_or(false)) return false;
  std::set<std::string> columns;
  for (const IndexKey& key : index.keys) columns.insert(key.column.value_or(""));
  for (const Relation& other : schema.relations)
    for (const ForeignKey& foreign_key : other.foreign_keys)
      if (foreign_key.target == relation.name &&
          std::set<std::string>(foreign_key.target_columns.begin(),
                                foreign_key.target_columns.end()) == columns)
        return true;
  return false;
}

bool is_in_a_foreign_key(const Relation& relation, const std::string& column) {
  return std::any_of(
      relation.foreign_keys.begin(), relation.foreign_keys.end(), [&](const ForeignKey& key) {
        return std::find(key.columns.begin(), key.columns.end(), column) != key.columns.end();
      });
}

}  // namespace schemaudit
