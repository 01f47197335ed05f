#include "analyzer/sql/replay/shown_parts.h"

#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

Type ShownParts::type(const TypeRef& ref) const {
  std::string text = type_text(catalog_, ref);
  return {text, text, false};
}

Expression ShownParts::expression(const StoredExpression& stored, const Relation* relation,
                                  std::string_view assigned_to) {
  if (relation) return shown_expression(stored, column_types_of(*relation), assigned_to);
  // Defaults come again and again: now(), gen_random_uuid(), 0.
  if (stored.undecided) return {stored.text, {}, false};
  std::string key(assigned_to);
  key += '\0';
  key += *stored.tree;
  auto [at, fresh] = rendered_.try_emplace(std::move(key));
  if (fresh) at->second = shown_expression(stored, {}, assigned_to);
  Expression shown = at->second;
  shown.text = stored.text;
  return shown;
}

Expression ShownParts::definition(const StoredExpression& stored) {
  Expression shown{stored.text, {}, false};
  if (stored.undecided) return shown;
  TreeArena arena;
  const PgQuery__Node* node = unpack_tree(*stored.tree, arena);
  if (!node) return shown;
  shown.normal = normal_of_query(*node, shown.decided);
  if (!shown.decided) shown.normal.clear();
  return shown;
}

void ShownParts::fill_check(const StoredExpression& stored, const Relation* relation,
                            CheckConstraint& check) {
  check.expression = {stored.text, {}, false};
  TreeArena arena;
  const PgQuery__Node* node = stored.undecided ? nullptr : unpack_tree(*stored.tree, arena);
  if (!node) return;
  ColumnTypes types;
  if (relation) types = column_types_of(*relation);
  check.expression = expression_from(*node, stored.text, {types, {}});
  check.allowed = allowed_values_of(*node);
}

}  // namespace schemaudit::replay
