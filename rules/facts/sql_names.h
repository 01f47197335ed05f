// Names as a statement needs them: what quote_identifier() leaves bare for people, a key word, is
// quoted, too.
//
//   "ALTER TABLE " + sql_name(relation.name) + " DROP COLUMN " + sql_name("order")   "order"
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/names.h"

namespace schemaudit {

/// Of a table, a column, a constraint or an index.
std::string sql_name(std::string_view name);
std::string sql_name(const QualifiedName& name);
/// `(a, "order")`
std::string sql_list(const std::vector<std::string>& names);

}  // namespace schemaudit
