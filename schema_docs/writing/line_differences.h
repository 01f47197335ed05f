// Where two lists of lines differ, in as few lines as can be.
//
//   line_differences({"a", "b"}, {"a", "c"})   {{1, 2, 1, 2}}
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace schemaudit {

/// Lines [old_begin, old_end) stand as [new_begin, new_end), counted from 0; either may be empty.
struct LineDifference {
  std::size_t old_begin = 0, old_end = 0, new_begin = 0, new_end = 0;
};

std::vector<LineDifference> line_differences(const std::vector<std::string_view>& before,
                                             const std::vector<std::string_view>& after);

}  // namespace schemaudit
