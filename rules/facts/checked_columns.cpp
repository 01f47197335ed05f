#include "rules/facts/checked_columns.h"

#include "analyzer/model/names.h"

namespace schemaudit {

bool is_checked_not_null(const Relation& relation, const Column& column) {
  const std::string wanted = "notnull(" + quote_identifier(column.name) + ")";
  for (const CheckConstraint& check : relation.checks)
    if (!check.expression.decided ||
        (check.expression.normal == wanted && check.validated.value_or(true) &&
         check.enforced.value_or(true)))
      return true;
  return false;
}

}  // namespace schemaudit
