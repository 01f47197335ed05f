// What kind of values a column holds, whatever its type is spelt like: domains are looked
// through, and lengths and precisions left away.
//
//   if (is_text(base_type(schema, column))) ...
#pragma once

#include <string>
#include <string_view>

#include "analyzer/model/schema.h"

namespace schemaudit {

/// `character varying` of a `character varying(20)` or of a domain over it; `integer[]` of an
/// array. Empty where the type is not known.
std::string base_type(const Schema& schema, const Column& column);
/// The same for a type's normal form.
std::string base_type(const Schema& schema, const std::string& normal);

/// `character varying(20)[]` -> `character varying[]`; domains stay what they are.
std::string without_modifier(const std::string& normal);

bool is_array(std::string_view base);
/// text, character varying, character and citext.
bool is_text(std::string_view base);
/// smallint, integer, bigint.
bool is_integer(std::string_view base);
/// real and double precision.
bool is_float(std::string_view base);
/// Integers, numeric, floats and money.
bool is_number(std::string_view base);
bool is_boolean(std::string_view base);
/// date, and timestamps with and without zone.
bool is_point_in_time(std::string_view base);
/// The name of the type alone: `vector` of `extensions.vector`.
std::string_view bare_type(std::string_view base);

}  // namespace schemaudit
