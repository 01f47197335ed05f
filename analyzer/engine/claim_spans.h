// Where in its line a claim stands, so that a page can mark the very words.
//
//   Span span = find_span("| phone | varchar(20) | |", 3, {"varchar(20)"});   // column 11, 11 long
#pragma once

#include <string>
#include <vector>

namespace schemaudit {

/// In code points, `column` from 1; 0 and 0 where the words were not found.
struct Span {
  int column = 0;
  int length = 0;
};

/// The first of `words` that stands in `line` at or after `column` (from 1, 0 for the beginning),
/// letters of either case.
Span find_span(const std::string& line, int column, const std::vector<std::string>& words);

}  // namespace schemaudit
