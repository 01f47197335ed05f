// Normal forms: one spelling for all ways of saying the same type or expression.
//
//   normalise_type("DECIMAL(10, 4)")                      numeric(10,4)
//   normalise_expression("status IN ('b', 'a')")          equal to that of
//   normalise_expression("((status)::text = ANY ((ARRAY['a'::character varying,
//                         'b'::character varying])::text[]))")
//
// Works on PostgreSQL's own parse trees (libpg_query), never on text. The casts that the server
// adds when it stores an expression are dropped where they cannot change its value; a cast that
// can is kept. Where no tree can be had the result is undecided (Expression::decided).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/expression.h"
#include "analyzer/model/schema.h"

namespace schemaudit {

/// The normalised type of a column, or an empty view where it is not known.
using ColumnTypes = std::function<std::string_view(std::string_view column)>;

/// Looks columns up in `relation`, which has to outlive the result.
ColumnTypes column_types_of(const Relation& relation);

/// `text` is an expression alone (no trailing semicolon). `context_type` is the normalised type
/// it is assigned to, for a column default; empty elsewhere.
Expression normalise_expression(std::string_view text, const ColumnTypes& types = {},
                                std::string_view context_type = {});

/// Unset where `text` is no type that PostgreSQL's grammar knows. `serial` types come back as
/// written (`serial`, `bigserial`, `smallserial`): what they stand for is up to the caller.
std::optional<Type> normalise_type(std::string_view text);
/// The normal form of a type that a person wrote; the text as it is where it is no type.
std::string normal_type_text(const std::string& text);
/// `timestmp` -> `timestamp`: the builtin type that a person probably meant by a word that is none.
/// Empty for types, for names with a schema and for words that resemble nothing.
std::string type_that_was_meant(const std::string& text);

/// A view's or other whole query; white space, case and parentheses do not count.
Expression normalise_query(std::string_view text);

/// Set where the expression says no more than that one column has one of some constants.
std::optional<AllowedValues> allowed_values(std::string_view expression);

}  // namespace schemaudit
