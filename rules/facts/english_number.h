// Whether an English noun stands in the singular or in the plural, where that is certain.
//
//   is_certainly_plural("users")      true
//   is_certainly_plural("status")     false
//   is_certainly_singular("news")     false: it has no other form
#pragma once

#include <string_view>

namespace schemaudit {

/// `word` is in lower case.
bool is_certainly_plural(std::string_view word);
bool is_certainly_singular(std::string_view word);

}  // namespace schemaudit
