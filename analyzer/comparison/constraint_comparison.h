// Compares keys, foreign keys, checks and exclusion constraints of two relations, and the values
// that a document lists for a column. Private to analyzer/comparison.
//
//   compare_columns(pair, right, ledger);   // first: it matches the columns that keys stand on
//   compare_constraints(pair, left, right, find_relation, ledger);
//   right_name(find_relation, {"", "users"})   public.users
#pragma once

#include <functional>

#include "analyzer/comparison/ledger.h"

namespace schemaudit {

/// What became of a relation that the left calls `name`.
struct NamedRelation {
  /// The left's own statement of it; nullptr where it only refers to it.
  const Relation* left = nullptr;
  /// The same on the right; nullptr where it is not there.
  const Relation* right = nullptr;
};
using FindRelation = std::function<NamedRelation(const QualifiedName& name)>;

/// The right's name of a relation that the left calls `name`; `name` itself where it has none.
inline QualifiedName right_name(const FindRelation& find, const QualifiedName& name) {
  const Relation* relation = find(name).right;
  return relation ? relation->name : name;
}

void compare_constraints(const RelationPair& pair, const Schema& left, const Schema& right,
                         const FindRelation& find_relation, Ledger& ledger);

}  // namespace schemaudit
