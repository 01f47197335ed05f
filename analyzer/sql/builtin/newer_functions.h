// Functions that PostgreSQL brought after the version that the builtin tables were written from, so
// that a call of one is not taken for a call of nothing.
//
//   function_since("uuidv7")     // 18
#pragma once

#include <string_view>

namespace schemaudit {

/// The major version that brought a function of this name, from PostgreSQL 16 on; 0 for any other
/// name.
int function_since(std::string_view name);

}  // namespace schemaudit
