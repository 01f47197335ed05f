// Whether a partial index holds all rows that its table has in use.
//
//   if (reach_of(context, relation, index.predicate, columns) == Reach::all_in_use) ...
#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

enum class Reach {
  /// Every row in which `columns` are not NULL and that is not marked as deleted.
  all_in_use,
  some,
  /// The predicate is not known or could not be read.
  unknown,
};

/// all_in_use without a predicate, and for one that says only that `columns` are not NULL and that
/// the row is not marked as deleted (see rules/facts/soft_delete_columns.h).
Reach reach_of(const SchemaContext& context, const Relation& relation,
               const Fact<Expression>& predicate, const std::vector<std::string>& columns);

}  // namespace schemaudit
