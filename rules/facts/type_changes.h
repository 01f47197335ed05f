// Whether ALTER COLUMN ... TYPE writes a table anew.
//
//   rewrites_table("integer", "bigint")                               true
//   rewrites_table("character varying(20)", "character varying(40)")  false
#pragma once

#include <string_view>

namespace schemaudit {

/// Types as Type::normal spells them. False also where it is not known: types of one's own,
/// arrays, timestamp with and without time zone (the session's zone decides).
bool rewrites_table(std::string_view before, std::string_view after);

}  // namespace schemaudit
