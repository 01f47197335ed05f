#include "analyzer/engine/source_lines.h"

#include <algorithm>
#include <utility>

#include "analyzer/model/redact.h"
#include "analyzer/model/utf8.h"

namespace schemaudit {

namespace {

constexpr int kLinesBefore = 1, kLinesAfter = 1;
// A line of a minified file or a dump of rows says nothing by being shown whole.
constexpr std::size_t kLongestLine = 400;

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    std::size_t last = end > begin && text[end - 1] == '\r' ? end - 1 : end;
    lines.push_back(text.substr(begin, last - begin));
    begin = end + 1;
  }
  return lines;
}

/// Cut between characters, with a sign that something is missing.
std::string shortened(const std::string& line) {
  if (line.size() <= kLongestLine) return line;
  return std::string(cut_at_character(line, kLongestLine)) + " ...";
}

}  // namespace

const std::vector<std::string>* SourceLines::raw(const std::string& uri) {
  auto [entry, added] = known_.try_emplace(uri);
  if (added && read_ && !uri.empty()) {
    std::optional<std::string> text = read_(uri);
    if (text && text->find('\0') == std::string::npos) entry->second = split_lines(*text);
  }
  return entry->second ? &*entry->second : nullptr;
}

std::optional<Excerpt> SourceLines::around(const Origin& origin) {
  if (origin.line < 1) return std::nullopt;
  const std::vector<std::string>* lines = raw(origin.uri);
  if (!lines || static_cast<std::size_t>(origin.line) > lines->size()) return std::nullopt;
  const int last = std::min(static_cast<int>(lines->size()), origin.line + kLinesAfter);
  Excerpt excerpt;
  excerpt.uri = origin.uri;
  excerpt.line = origin.line;
  excerpt.first_line = std::max(1, origin.line - kLinesBefore);
  for (int line = excerpt.first_line; line <= last; ++line)
    excerpt.lines.push_back(shortened(redact((*lines)[static_cast<std::size_t>(line) - 1])));
  return excerpt;
}

}  // namespace schemaudit
