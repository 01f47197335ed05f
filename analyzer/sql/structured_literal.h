// JSON, arrays, ranges and the like in literals, as PostgreSQL prints them. Private to
// analyzer/sql.
//
//   canonical_json("{\"b\": 1, \"a\": 2}")        {"a":2,"b":1}
//   canonical_range("(1,5]", "int4range")       [2,6)
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace schemaudit {

/// Of jsonb; unset where it is no JSON, or holds numbers that cannot be compared here.
std::optional<std::string> canonical_json(std::string_view text);
/// `element_type` as format_type() spells it. Unset for what is no array literal.
std::optional<std::string> canonical_array(std::string_view text, std::string_view element_type,
                                           bool* decided);
/// Unset for what is no range literal; `range_type` is a builtin one.
std::optional<std::string> canonical_range(std::string_view text, std::string_view range_type,
                                           bool* decided);
/// As `\x6162`; unset for what is no bytea.
std::optional<std::string> canonical_bytes(std::string_view text);
std::optional<std::string> canonical_uuid(std::string_view text);

}  // namespace schemaudit
