// Text from databases and documents, made harmless and honest for people's eyes: what a
// terminal would obey, a browser would reorder, or nobody could see is written out.
//
//   visible_line("a\x1b[31mb")      a\x1b[31mb, with the backslash spelled out
//   visible_line("two\nlines")      two\nlines, on one line
//   visible_block("two\nlines")     two lines; only line breaks and tabs are kept
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace schemaudit {

/// One character of a text; `valid` is false for a byte that is not UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;
  bool valid = false;
};

/// The character at `offset`, which has to be inside `text`.
CodePoint code_point_at(std::string_view text, std::size_t offset);

/// The result is valid UTF-8 without control, bidirectional or invisible characters.
std::string visible_line(std::string_view text);
/// The same, but line breaks (as \n) and tabs stay.
std::string visible_block(std::string_view text);

}  // namespace schemaudit
