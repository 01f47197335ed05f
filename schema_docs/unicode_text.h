// UTF-8 as documents hold it: whether it is well formed, and columns in code points.
//
//   invalid_utf8("caf\xC3\xA9")     std::nullopt
//   invalid_utf8("caf\xE9")         3, the offset of the first byte that fits nowhere
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace schemaudit {

/// Offset of the first byte that is no part of a well-formed character.
std::optional<std::size_t> invalid_utf8(std::string_view text);

/// The character at `offset`, which is moved past it; U+FFFD and one byte where it is malformed.
char32_t next_code_point(std::string_view text, std::size_t& offset);

void append_utf8(std::string& text, char32_t code_point);

std::size_t count_code_points(std::string_view text);

/// `text` with every malformed byte replaced by U+FFFD.
std::string with_valid_utf8(std::string_view text);

}  // namespace schemaudit
