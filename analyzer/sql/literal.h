// Literals: one spelling for the same value. Private to analyzer/sql.
//
//   canonical_literal("0.50", "numeric")               0.5
//   canonical_literal("2025-01-01 00:00:00", "date")   '2025-01-01'
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

/// `'it''s'`
std::string quote_literal(std::string_view text);
/// The text of a literal that quote_literal() made.
std::string unquote_literal(std::string_view literal);

/// Without leading and trailing zeros that do not count: `0.50` -> `0.5`, `1.0` -> `1`.
std::string canonical_number(std::string_view digits);

/// A string literal with the type it has: numbers and booleans bare, JSON with its keys in
/// order, times at midnight as dates, sequence names without their schema, others quoted.
std::string canonical_literal(std::string_view text, const std::string& type);

/// The elements of `{a,b}`, quoted; false for nested or quoted ones.
bool plain_array_elements(std::string_view literal, std::vector<std::string>& elements);

/// `'a', 'b', 3` -> a, b, 3; false where something else than literals stands there.
bool split_literals(std::string_view list, std::vector<std::string>& values);

}  // namespace schemaudit
