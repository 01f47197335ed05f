#include "schema_docs/writing/line_differences.h"

#include <algorithm>

namespace schemaudit {

namespace {

/// Beyond so many changed lines the shortest way is not looked for: the middle is shown whole.
constexpr std::size_t kMostChanges = 1000;

struct Range {
  std::size_t old_begin, old_end, new_begin, new_end;
};

/// E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986): furthest reaching paths,
/// kept for each number of changes and followed back.
std::vector<LineDifference> shortest(const std::vector<std::string_view>& before,
                                     const std::vector<std::string_view>& after,
                                     const Range& range) {
  using Signed = std::ptrdiff_t;
  const Signed n = static_cast<Signed>(range.old_end - range.old_begin);
  const Signed m = static_cast<Signed>(range.new_end - range.new_begin);
  const Signed most = std::min<Signed>(n + m, kMostChanges);
  auto same = [&](Signed x, Signed y) {
    return before[range.old_begin + static_cast<std::size_t>(x)] ==
           after[range.new_begin + static_cast<std::size_t>(y)];
  };
  std::vector<std::vector<Signed>> reached;
  std::vector<Signed> furthest(static_cast<std::size_t>(2 * most + 3), 0);
  auto at = [&](std::vector<Signed>& path, Signed k) -> Signed& {
    return path[static_cast<std::size_t>(k + most + 1)];
  };
  for (Signed d = 0; d <= most; ++d) {
    reached.push_back(furthest);
    for (Signed k = -d; k <= d; k += 2) {
      bool down = k == -d || (k != d && at(furthest, k - 1) < at(furthest, k + 1));
      Signed x = down ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < n && x - k < m && same(x, x - k)) ++x;
      at(furthest, k) = x;
      if (x < n || x - k < m) continue;
      std::vector<LineDifference> found;
      Signed y = m;
      x = n;
      for (Signed step = d; step > 0; --step) {
        std::vector<Signed>& path = reached[static_cast<std::size_t>(step)];
        Signed diagonal = x - y;
        bool came_down = diagonal == -step ||
                         (diagonal != step && at(path, diagonal - 1) < at(path, diagonal + 1));
        Signed before_k = came_down ? diagonal + 1 : diagonal - 1;
        Signed from_x = at(path, before_k), from_y = from_x - before_k;
        std::size_t old_at = range.old_begin + static_cast<std::size_t>(from_x);
        std::size_t new_at = range.new_begin + static_cast<std::size_t>(from_y);
        found.push_back(
            {old_at, old_at + (came_down ? 0 : 1), new_at, new_at + (came_down ? 1 : 0)});
        x = from_x;
        y = from_y;
      }
      std::reverse(found.begin(), found.end());
      return found;
    }
  }
  return {{range.old_begin, range.old_end, range.new_begin, range.new_end}};
}

}  // namespace

std::vector<LineDifference> line_differences(const std::vector<std::string_view>& before,
                                             const std::vector<std::string_view>& after) {
  Range range{0, before.size(), 0, after.size()};
  while (range.old_begin < range.old_end && range.new_begin < range.new_end &&
         before[range.old_begin] == after[range.new_begin])
    ++range.old_begin, ++range.new_begin;
  while (range.old_end > range.old_begin && range.new_end > range.new_begin &&
         before[range.old_end - 1] == after[range.new_end - 1])
    --range.old_end, --range.new_end;
  if (range.old_begin == range.old_end && range.new_begin == range.new_end) return {};
  if (range.old_begin == range.old_end || range.new_begin == range.new_end)
    return {{range.old_begin, range.old_end, range.new_begin, range.new_end}};
  std::vector<LineDifference> joined;
  for (const LineDifference& one : shortest(before, after, range)) {
    if (!joined.empty() && joined.back().old_end == one.old_begin &&
        joined.back().new_end == one.new_begin) {
      joined.back().old_end = one.old_end;
      joined.back().new_end = one.new_end;
    } else {
      joined.push_back(one);
    }
  }
  return joined;
}

}  // namespace schemaudit
