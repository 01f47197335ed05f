#include "reports/runner_commands.h"

#include <cctype>
#include <string_view>

#include "reports/visible_text.h"

namespace schemaudit {

namespace {

/// What .NET's TrimStart() takes away, beside control characters, which are written out.
bool is_white_space(char32_t value) {
  return value == ' ' || value == '\t' || value == 0xa0 || value == 0x1680 ||
         (value >= 0x2000 && value <= 0x200a) || value == 0x202f || value == 0x205f ||
         value == 0x3000;
}

std::size_t behind_white_space(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size()) {
    const CodePoint point = code_point_at(line, at);
    if (!point.valid || !is_white_space(point.value)) break;
    at += point.length;
  }
  return at;
}

/// Letters, then a bracket.
bool is_command(std::string_view rest) {
  std::size_t at = 0;
  while (at < rest.size() &&
         (std::isalnum(static_cast<unsigned char>(rest[at])) || rest[at] == '.'))
    ++at;
  return at < rest.size() && rest[at] == '[';
}

}  // namespace

std::string without_runner_commands(std::string line) {
  const std::size_t start = behind_white_space(line);
  if (line.compare(start, 2, "::") == 0) line.replace(start, 1, "\\x3a");
  for (std::size_t at = line.find("##"); at != std::string::npos; at = line.find("##", at + 1))
    if (is_command(std::string_view(line).substr(at + 2))) line.replace(at, 1, "\\x23");
  return line;
}

std::string json_without_runner_commands(std::string json) {
  for (std::size_t at = json.find("##"); at != std::string::npos; at = json.find("##", at + 6))
    json.replace(at, 1, "\\u0023");
  return json;
}

}  // namespace schemaudit
