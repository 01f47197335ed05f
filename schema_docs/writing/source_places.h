// Lines of a text, found from any place within them.
//
//   std::string_view text = "id bigint, -- key\nname text";
//   line_begin(text, 20)             18
//   line_end(text, 3)                17
//   only_comment_follows(text, 10)   true: a comment stands behind the comma
#pragma once

#include <cstddef>
#include <string_view>

namespace schemaudit {

/// Of the line in which `at` stands, and of its end: the line feed, or the text's end.
std::size_t line_begin(std::string_view text, std::size_t at);
std::size_t line_end(std::string_view text, std::size_t at);

bool is_blank(std::string_view text);

/// Only white space and a comment of SQL stand from `at` to the end of its line.
bool only_comment_follows(std::string_view text, std::size_t at);

}  // namespace schemaudit
