// What single words say in the cells of tables.
//
//   yes_or_no("✓")          true
//   is_placeholder("n/a")   true
#pragma once

#include <optional>
#include <string_view>

namespace schemaudit {

/// Also ticks and crosses, and the words of some other languages; unset for everything else.
std::optional<bool> yes_or_no(std::string_view cell);

/// Empty, or what people write in place of nothing.
bool is_placeholder(std::string_view cell);

}  // namespace schemaudit
