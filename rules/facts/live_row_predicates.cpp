#include "rules/facts/live_row_predicates.h"

#include <algorithm>

#include "rules/facts/predicates.h"
#include "rules/facts/soft_delete_columns.h"

namespace schemaudit {

namespace {

bool is_live_row(const std::string& condition, const std::vector<SoftDeleteColumn>& marks) {
  return std::any_of(marks.begin(), marks.end(), [&](const SoftDeleteColumn& mark) {
    const auto column = mark.is_flag ? column_false(condition) : column_null(condition);
    return column && *column == mark.column->name;
  });
}

}  // namespace

Reach reach_of(const SchemaContext& context, const Relation& relation,
               const Fact<Expression>& predicate, const std::vector<std::string>& columns) {
  if (predicate.is_none()) return Reach::all_in_use;
  if (!predicate.has_value() || !predicate->decided) return Reach::unknown;
  const std::vector<SoftDeleteColumn> marks = soft_delete_columns(context, relation);
  for (const std::string& condition : conditions_of(predicate.value())) {
    const auto given = column_not_null(condition);
    const bool is_given =
        given && std::find(columns.begin(), columns.end(), *given) != columns.end();
    if (!is_given && !is_live_row(condition, marks)) return Reach::some;
  }
  return Reach::all_in_use;
}

}  // namespace schemaudit
