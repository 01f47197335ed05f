#include "rules/facts/tenancy.h"

#include <algorithm>

#include "rules/facts/tables.h"

namespace schemaudit {

namespace {

/// The foreign key on just this column; nullptr where there is none.
const ForeignKey* foreign_key_on(const Relation& relation, const std::string& column) {
  for (const ForeignKey& key : relation.foreign_keys)
    if (key.columns.size() == 1 && key.columns.front() == column) return &key;
  return nullptr;
}

bool is_never_null(const Relation& relation, const ForeignKey& key) {
  return std::all_of(key.columns.begin(), key.columns.end(), [&](const std::string& name) {
    const Column* column = relation.find_column(name);
    return column && !column->nullable.value_or(true);
  });
}

/// `tenant`, `tenants` for the column `tenant_id`.
bool is_called_like(const std::string& table, const std::string& column) {
  const std::string name = fold_case(column);
  if (name.size() < 4 || name.compare(name.size() - 3, 3, "_id") != 0) return false;
  const std::string one = name.substr(0, name.size() - 3);
  return table == one || table == one + "s" || table == one + "es" ||
         (one.back() == 'y' && table == one.substr(0, one.size() - 1) + "ies");
}

}  // namespace

Tenancy::Tenancy(const Schema& schema, const TenancyPolicy& policy)
    : schema_(schema), policy_(policy) {
  find_tenant_tables();
  find_owned_tables();
}

void Tenancy::find_tenant_tables() {
  for (const Relation& relation : schema_.relations) {
    const ForeignKey* key = foreign_key_on(relation, policy_.column);
    if (!key) continue;
    // A target that refers on by the same column is owned itself.
    const Relation* target = schema_.find_relation(key->target);
    const ForeignKey* onward = target ? foreign_key_on(*target, policy_.column) : nullptr;
    if (!onward || onward->target == key->target) tenants_.insert(key->target);
  }
  if (!tenants_.empty()) return;
  for (const Relation& relation : schema_.relations)
    if (is_called_like(relation.name.name, policy_.column)) tenants_.insert(relation.name);
}

void Tenancy::find_owned_tables() {
  owned_ = tenants_;
  for (const Relation& relation : schema_.relations)
    if (column(relation)) owned_.insert(relation.name);
  if (!policy_.through_foreign_key) return;
  for (bool grown = true; grown;) {
    grown = false;
    for (const Relation& relation : schema_.relations) {
      if (owned_.count(relation.name)) continue;
      for (const ForeignKey& key : relation.foreign_keys) {
        if (!owned_.count(key.target) || !is_never_null(relation, key)) continue;
        owned_.insert(relation.name);
        grown = true;
        break;
      }
    }
  }
}

bool Tenancy::in_scope(const Relation& relation) const {
  return stands_for_itself(relation) && policy_.tables.matches(relation.name) &&
         !is_tenant_table(relation);
}

bool Tenancy::is_tenant_table(const Relation& relation) const {
  return tenants_.count(relation.name) > 0;
}

const Column* Tenancy::column(const Relation& relation) const {
  return relation.find_column(policy_.column);
}

bool Tenancy::is_owned(const Relation& relation) const {
  return owned_.count(relation.name) > 0;
}

}  // namespace schemaudit
