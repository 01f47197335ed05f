#include "rules/facts/index_copies.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace schemaudit {

namespace {

bool same_key(const IndexKey& a, const IndexKey& b) {
  if (a.column != b.column || a.operator_class != b.operator_class || a.collation != b.collation ||
      a.descending != b.descending || a.nulls_first != b.nulls_first)
    return false;
  if (a.column) return true;
  return a.expression && b.expression && a.expression->decided && b.expression->decided &&
         a.expression->normal == b.expression->normal;
}

bool same_predicate(const Index& a, const Index& b) {
  if (a.predicate.is_unknown() || b.predicate.is_unknown()) return false;
  if (a.predicate.is_none() || b.predicate.is_none())
    return a.predicate.is_none() && b.predicate.is_none();
  return a.predicate->decided && b.predicate->decided && a.predicate->normal == b.predicate->normal;
}

bool is_prefix(const Index& shorter, const Index& longer) {
  return shorter.keys.size() <= longer.keys.size() &&
         std::equal(shorter.keys.begin(), shorter.keys.end(), longer.keys.begin(), same_key);
}

bool is_deferrable(const Relation& relation, const Index& index) {
  if (index.constraint.empty()) return false;
  auto is_it = [&](const KeyConstraint& key) {
    return key.name == index.constraint && key.deferrable.value_or(false);
  };
  return (relation.primary_key && is_it(*relation.primary_key)) ||
         std::any_of(relation.unique_constraints.begin(), relation.unique_constraints.end(), is_it);
}

bool is_exclusion(const Index& index) {
  return !index.constraint.empty() && !index.unique.value_or(false);
}

bool is_usable(const Index& index) {
  return index.valid.value_or(true) && !index.keys.empty();
}

bool is_primary(const Relation& relation, const Index& index) {
  return !index.constraint.empty() && relation.primary_key &&
         relation.primary_key->name == index.constraint;
}

/// Smaller is kept.
auto rank(const Relation& relation, const Index& index) {
  return std::make_tuple(!is_primary(relation, index), index.constraint.empty(), !index.inherited,
                         std::string_view(index.name));
}

bool says_the_same(const Relation& relation, const Index& a, const Index& b) {
  return is_usable(a) && is_usable(b) && a.method == b.method &&
         a.unique.value_or(false) == b.unique.value_or(false) && a.keys.size() == b.keys.size() &&
         is_prefix(a, b) && a.include == b.include &&
         a.nulls_not_distinct == b.nulls_not_distinct && same_predicate(a, b) &&
         !(is_exclusion(a) && is_exclusion(b)) &&
         is_deferrable(relation, a) == is_deferrable(relation, b);
}

/// Whether `wide` finds, orders and returns all that `narrow` does.
bool does_more_than(const Index& wide, const Index& narrow) {
  if (wide.method != "btree" || !is_usable(wide) || !same_predicate(wide, narrow) ||
      !is_prefix(narrow, wide))
    return false;
  std::set<std::string> held(wide.include.begin(), wide.include.end());
  for (const IndexKey& key : wide.keys)
    if (key.column) held.insert(*key.column);
  for (const std::string& column : narrow.include)
    if (!held.count(column)) return false;
  return wide.keys.size() > narrow.keys.size() || wide.unique.value_or(false) ||
         wide.include.size() > narrow.include.size();
}

bool may_be_narrower(const Index& index) {
  return index.method == "btree" && is_usable(index) && !index.unique.value_or(true) &&
         index.constraint.empty() && !index.inherited;
}

}  // namespace

const Index* copied_index(const Relation& relation, const Index& index) {
  if (index.inherited) return nullptr;
  const Index* kept = nullptr;
  for (const Index& other : relation.indexes)
    if (&other != &index && says_the_same(relation, index, other) &&
        rank(relation, other) < rank(relation, index) &&
        (!kept || rank(relation, other) < rank(relation, *kept)))
      kept = &other;
  return kept;
}

const Index* wider_index(const Relation& relation, const Index& index) {
  if (!may_be_narrower(index) || copied_index(relation, index)) return nullptr;
  const Index* best = nullptr;
  for (const Index& other : relation.indexes) {
    if (&other == &index || !does_more_than(other, index)) continue;
    // The widest is the one that nothing else replaces.
    const auto width = [](const Index& of) { return of.keys.size() + of.include.size(); };
    if (!best || width(other) > width(*best) ||
        (width(other) == width(*best) && rank(relation, other) < rank(relation, *best)))
      best = &other;
  }
  return best;
}

}  // namespace schemaudit
