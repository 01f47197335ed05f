// Literals: one spelling for the same value. Private to analyzer/sql.
//
//   canonical_literal("0.50", "numeric")               0.5
//   canonical_literal("2025-01-01 00:00:00", "date")   '2025-01-01'
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

/// `'it''s'`
std::string quote_literal(std::string_view text);
/// The text of a literal that quote_literal() made.
std::string unquote_literal(std::string_view literal);

/// Without leading and trailing zeros that do not count: `0.50` -> `0.5`, `1e3` -> `1000`.
std::string canonical_number(std::string_view digits);

/// A string literal with the type it has: numbers and booleans bare, JSON with its keys in
/// order, times at midnight as dates, sequence names without their schema, others quoted.
/// `decided` is set to false where what the server stores depends on settings or the moment.
std::string canonical_literal(std::string_view text, std::string_view type,
                              bool* decided = nullptr);

/// Whether a literal keeps its value in a type with a length, precision or scale (`'ab'` in
/// character varying(2)). False where that cannot be told.
bool fits_modifiers(std::string_view literal, std::string_view type);

/// The elements of `{a,b}` as they are, without quotes and escapes; unset for a nested array or
/// one with a NULL.
std::optional<std::vector<std::string>> array_literal_elements(std::string_view literal);

/// `'a', 'b', 3` -> a, b, 3; false where something else than literals stands there.
bool split_literals(std::string_view list, std::vector<std::string>& values);

}  // namespace schemaudit
