#include "rules/facts/soft_delete_columns.h"

#include <algorithm>
#include <array>

#include "rules/facts/column_types.h"
#include "rules/facts/name_words.h"
#include "rules/facts/sql_names.h"

namespace schemaudit {

namespace {

/// Few columns are, and taking a name apart costs more than looking for the word.
bool may_tell_of_deletion(std::string_view name) {
  constexpr std::array<std::string_view, 4> kParts = {"elet", "ELET", "iscard", "ISCARD"};
  return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
    return name.find(part) != std::string_view::npos;
  });
}

/// `isDeleted` -> `is_deleted`.
std::string snake_case(std::string_view name) {
  std::string joined;
  for (const std::string& word : words_of(name)) joined += (joined.empty() ? "" : "_") + word;
  return joined;
}

}  // namespace

bool soft_deletes_by_policy(const Policies& policies, const Relation& relation) {
  return policies.soft_delete && policies.soft_delete->tables.matches(relation.name);
}

std::vector<SoftDeleteColumn> soft_delete_columns(const SchemaContext& context,
                                                  const Relation& relation) {
  std::vector<SoftDeleteColumn> marks;
  auto add = [&](const Column& column, bool by_policy) {
    marks.push_back({&column, is_boolean(base_type(context.schema, column)), by_policy});
  };
  if (soft_deletes_by_policy(context.policy(), relation))
    if (const Column* column = relation.find_column(context.policy().soft_delete->column))
      add(*column, true);
  for (const Column& column : relation.columns) {
    if (!marks.empty() && marks.front().column == &column) continue;
    if (!may_tell_of_deletion(column.name)) continue;
    const std::string type = base_type(context.schema, column);
    const bool time = is_named_like_a_deletion_time(column) && is_point_in_time(type) &&
                      column.nullable.value_or(false);
    if (time || (is_named_like_a_deletion_flag(column) && is_boolean(type))) add(column, false);
  }
  return marks;
}

bool is_named_like_a_deletion_time(const Column& column) {
  if (!may_tell_of_deletion(column.name)) return false;
  const std::string name = snake_case(column.name);
  return name == "deleted_at" || name == "deleted_on" || name == "discarded_at";
}

bool is_named_like_a_deletion_flag(const Column& column) {
  if (!may_tell_of_deletion(column.name)) return false;
  const std::string name = snake_case(column.name);
  return name == "is_deleted" || name == "deleted";
}

std::string live_rows_of(const SoftDeleteColumn& mark) {
  const std::string name = sql_name(mark.column->name);
  if (!mark.is_flag) return name + " IS NULL";
  return mark.column->nullable.value_or(true) ? name + " IS NOT TRUE" : "NOT " + name;
}

}  // namespace schemaudit
