// What the parts of a replayed catalog are in a Schema: types, expressions and checks as values.
// Private to analyzer/sql.
//
//   ShownParts shown(catalog);
//   column.default_value = shown.expression(stored, nullptr, "integer");
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "analyzer/sql/replay/catalog.h"

namespace schemaudit::replay {

template <typename T>
Fact<T> fact(const std::optional<T>& value) {
  return value ? Fact<T>(*value) : Fact<T>::none();
}

class ShownParts {
 public:
  explicit ShownParts(const Catalog& catalog) : catalog_(catalog) {}

  Type type(const TypeRef& ref) const;
  /// `relation`: whose columns it reads. `assigned_to`: the type of the column that takes it.
  Expression expression(const StoredExpression& stored, const Relation* relation,
                        std::string_view assigned_to = {});
  /// A view's.
  static Expression definition(const StoredExpression& stored);
  /// `relation` is nullptr for a domain's.
  static void fill_check(const StoredExpression& stored, const Relation* relation,
                         CheckConstraint& check);

 private:
  const Catalog& catalog_;
  std::unordered_map<std::string, Expression> rendered_;
};

}  // namespace schemaudit::replay
