// Predicates that leave out deleted rows only: a partial index with one holds for all rows that a
// soft-delete table has in use.
//
//   if (reach_of(schema, policy, relation, index.predicate, columns) == Reach::all_in_use) ...
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/policy.h"

namespace schemaudit {

enum class Reach {
  /// Every row in which `columns` are not NULL and that is not marked as deleted.
  all_in_use,
  some,
  /// The predicate is not known or could not be read.
  unknown,
};

/// `deleted_at IS NULL` for the column of [policy.soft_delete], or for one that is named and typed
/// like it; `column IS NOT NULL` for one of `columns`; nothing else, and nothing at all is well.
Reach reach_of(const Schema& schema, const Policies& policy, const Relation& relation,
               const Fact<Expression>& predicate, const std::vector<std::string>& columns);

/// The column by which [policy.soft_delete] marks rows of the relation; empty where the policy
/// does not mean it, or where it lacks the column.
std::string soft_delete_column(const Policies& policy, const Relation& relation);

}  // namespace schemaudit
