// What a team writes in capitals; fold_case() of names.h is the way back.
//
//   upper_case("varchar(20)")   VARCHAR(20)
#pragma once

#include <string>
#include <string_view>

namespace schemaudit {

/// ASCII letters alone, as fold_case() does.
inline std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return upper;
}

}  // namespace schemaudit
