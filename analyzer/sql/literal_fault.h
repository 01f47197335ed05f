// Literals that their type does not take. Private to analyzer/sql.
//
//   fault_of_literal("12a", kInteger)     invalid input syntax for type integer: "12a"
//   fault_of_literal("12", kInteger)      empty
#pragma once

#include <string>
#include <string_view>

#include "analyzer/sql/builtin/builtin_catalog.h"

namespace schemaudit {

/// What the server says of the text; empty where it takes it, or where that is not told: of
/// numbers, boolean and uuid it is, and of times, JSON, arrays and ranges where the text is far
/// from any.
std::string fault_of_literal(std::string_view text, TypeId type);

}  // namespace schemaudit
