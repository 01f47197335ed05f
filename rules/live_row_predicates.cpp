#include "rules/live_row_predicates.h"

#include <algorithm>

#include "rules/column_types.h"
#include "rules/predicates.h"

namespace schemaudit {

namespace {

bool is_named_like_a_mark(const std::string& column) {
  const std::string name = fold_case(column);
  return name.find("deleted") != std::string::npos || name.find("removed") != std::string::npos ||
         name.find("discarded") != std::string::npos || name.find("archived") != std::string::npos;
}

/// Whether rows in use are those where the column is NULL (a time) or false (a flag).
bool marks_deleted_rows(const Schema& schema, const Policies& policy, const Relation& relation,
                        const std::string& name, bool as_flag) {
  const Column* column = relation.find_column(name);
  if (!column) return false;
  if (name == soft_delete_column(policy, relation)) return true;
  if (!is_named_like_a_mark(name)) return false;
  const std::string type = base_type(schema, *column);
  return as_flag ? is_boolean(type) : is_point_in_time(type);
}

}  // namespace

std::string soft_delete_column(const Policies& policy, const Relation& relation) {
  if (!policy.soft_delete || !policy.soft_delete->tables.matches(relation.name) ||
      !relation.find_column(policy.soft_delete->column))
    return {};
  return policy.soft_delete->column;
}

Reach reach_of(const Schema& schema, const Policies& policy, const Relation& relation,
               const Fact<Expression>& predicate, const std::vector<std::string>& columns) {
  if (predicate.is_none()) return Reach::all_in_use;
  if (!predicate.has_value() || !predicate->decided) return Reach::unknown;
  for (const std::string& condition : conditions_of(predicate.value())) {
    if (const auto given = column_not_null(condition);
        given && std::find(columns.begin(), columns.end(), *given) != columns.end())
      continue;
    if (const auto time = column_null(condition);
        time && marks_deleted_rows(schema, policy, relation, *time, false))
      continue;
    if (const auto flag = column_false(condition);
        flag && marks_deleted_rows(schema, policy, relation, *flag, true))
      continue;
    return Reach::some;
  }
  return Reach::all_in_use;
}

}  // namespace schemaudit
