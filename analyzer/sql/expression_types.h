// The type an expression has, told from its tree and the types of the columns it reads. Private to
// analyzer/sql.
//
//   std::string type = type_of_expression(*target.val, types);     // bigint, of count(*)
#pragma once

#include <string>

#include "analyzer/sql/normal_form.h"
#include "analyzer/sql/pg_tree.h"

namespace schemaudit {

/// As format_type() spells it, with length and precision where the server keeps them, a user's
/// types as the columns have them; a bare literal is text. Empty where it cannot be told.
std::string type_of_expression(const PgQuery__Node& node, const ColumnTypes& types);

}  // namespace schemaudit
