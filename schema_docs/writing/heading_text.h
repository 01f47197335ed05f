// The text of a heading's line, and the number it may begin with.
//
//   heading_title("### 3.1 `users` ##")    "3.1 `users`"
//   heading_number_length("3.1 users")     4
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace schemaudit {

std::string heading_title(std::string_view line);

/// With the space behind it; 0 where the title begins with none.
std::size_t heading_number_length(std::string_view title);

/// `3.2 ` behind `3.1 `, `12. ` behind `11. `.
std::string next_heading_number(std::string_view number);

}  // namespace schemaudit
