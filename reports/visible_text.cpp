#include "reports/visible_text.h"

#include <fmt/format.h>

namespace schemaudit {
namespace {

struct Range {
  char32_t first, last;
};

// Controls, bidirectional marks and overrides, joiners and other characters without a shape.
constexpr Range kHidden[] = {
    {0x0000, 0x001f}, {0x007f, 0x009f},   {0x00ad, 0x00ad}, {0x034f, 0x034f}, {0x061c, 0x061c},
    {0x115f, 0x1160}, {0x17b4, 0x17b5},   {0x180b, 0x180f}, {0x200b, 0x200f}, {0x2028, 0x202e},
    {0x2060, 0x206f}, {0x3164, 0x3164},   {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff9, 0xfffb},
    {0xfffe, 0xffff}, {0xe0000, 0xe0fff},
};

bool is_hidden(char32_t character) {
  for (const Range& range : kHidden)
    if (character >= range.first && character <= range.last) return true;
  return false;
}

std::string written_out(char32_t character) {
  switch (character) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      break;
  }
  const auto number = static_cast<unsigned>(character);
  if (number < 0x100) return fmt::format("\\x{:02x}", number);
  if (number < 0x10000) return fmt::format("\\u{:04x}", number);
  return fmt::format("\\U{:08x}", number);
}

std::string visible(std::string_view text, bool keep_line_breaks) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    const bool line_end = point.value == '\n' ||
                          (point.value == '\r' && at + 1 < text.size() && text[at + 1] == '\n');
    if (!point.valid) {
      result += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[at]));
    } else if (keep_line_breaks && (line_end || point.value == '\t')) {
      if (point.value != '\r') result += text[at];
    } else if (is_hidden(point.value)) {
      result += written_out(point.value);
    } else {
      result += text.substr(at, point.length);
    }
    at += point.length;
  }
  return result;
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = byte(offset);
  if (first < 0x80) return {first, 1, true};
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || offset + length > text.size()) return {};
  char32_t value = first & (0xff >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(offset + i) & 0xc0) != 0x80) return {};
    value = value << 6 | (byte(offset + i) & 0x3f);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (overlong || surrogate || value > 0x10ffff) return {};
  return {value, length, true};
}

std::string visible_line(std::string_view text) {
  return visible(text, false);
}
std::string visible_block(std::string_view text) {
  return visible(text, true);
}

}  // namespace schemaudit
