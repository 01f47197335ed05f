// Text in UTF-8, where its bytes count and its characters must stay whole.
//
//   cut_at_character("Grün", 3)   "Gr"; the ü takes two bytes
#pragma once

#include <cstddef>
#include <string_view>

namespace schemaudit {

/// The beginning of the text: as many whole characters as fit into `bytes`.
std::string_view cut_at_character(std::string_view text, std::size_t bytes);

}  // namespace schemaudit
