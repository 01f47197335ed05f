#include "schema_docs/writing/table_row_source.h"

#include <algorithm>

#include "schema_docs/prose_words.h"
#include "schema_docs/unicode_text.h"

namespace schemaudit {

SourceRow::SourceRow(std::string_view line) : line_(line) {
  std::size_t begin = line.find_first_not_of(" \t>");
  if (begin == std::string_view::npos) return;
  lead_ = begin;
  std::size_t end = line.find_last_not_of(" \t\r") + 1;
  std::size_t at = begin;
  opens_ = line[at] == '|';
  if (opens_) ++at;
  std::size_t cell_begin = at;
  for (; at < end; ++at) {
    if (line[at] == '\\') {
      ++at;
    } else if (line[at] == '|') {
      cells_.push_back({cell_begin, at});
      cell_begin = at + 1;
    }
  }
  closes_ = end > begin && cell_begin == end && !cells_.empty();
  if (!closes_) cells_.push_back({cell_begin, end});
}

std::string_view SourceRow::cell(std::size_t index) const {
  if (index >= cells_.size()) return {};
  const Cell& cell = cells_[index];
  return trim(std::string_view(line_).substr(cell.begin, cell.end - cell.begin));
}

std::size_t SourceRow::width(std::size_t index) const {
  if (index >= cells_.size()) return 0;
  const Cell& cell = cells_[index];
  return count_code_points(std::string_view(line_).substr(cell.begin, cell.end - cell.begin));
}

std::string SourceRow::with_cell(std::size_t index, std::string_view text,
                                 std::size_t width) const {
  if (index >= cells_.size()) {
    std::string longer = line_.substr(0, cells_.empty() ? 0 : cells_.back().end);
    for (std::size_t i = cells_.size(); i <= index; ++i)
      longer += (i == index ? "| " + std::string(text) + " " : std::string("|  "));
    return longer + (closes_ ? "|" : "");
  }
  const Cell& place = cells_[index];
  std::string_view old = std::string_view(line_).substr(place.begin, place.end - place.begin);
  const bool is_end = index + 1 == cells_.size() && !closes_;
  const std::size_t lead = std::min(old.find_first_not_of(" \t"), old.size());
  std::string cell;
  if (lead == old.size())
    cell = std::string(index == 0 && !opens_ ? "" : " ") + std::string(text);
  else
    cell = std::string(old.substr(0, lead)) + std::string(text);
  if (is_end) {
    cell += lead == old.size() ? "" : old.substr(old.find_last_not_of(" \t") + 1);
  } else {
    std::size_t tail =
        lead == old.size() ? (text.empty() ? 0 : 1) : old.size() - old.find_last_not_of(" \t") - 1;
    std::size_t used = count_code_points(cell);
    if (text.empty() && width == 0 && lead > 0) tail = 0;
    if (width > 0) tail = width > used ? width - used : std::min<std::size_t>(tail, 1);
    cell += std::string(tail, ' ');
  }
  return line_.substr(0, place.begin) + cell + line_.substr(place.end);
}

std::string cell_text(std::string_view text) {
  std::string cell;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    if (c == ' ' && !cell.empty() && cell.back() == ' ') continue;
    if (c == '|' && (cell.empty() || cell.back() != '\\')) cell += '\\';
    cell += c;
  }
  while (!cell.empty() && cell.back() == ' ') cell.pop_back();
  return cell;
}

std::string in_code(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  std::string marks(longest + 1, '`');
  bool touches = !text.empty() && (text.front() == '`' || text.back() == '`');
  std::string space = touches ? " " : "";
  return marks + space + std::string(text) + space + marks;
}

std::string as_plain_text(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    bool marks = c == '*' || c == '`' || c == '<' || c == '[' || c == '\\' || c == '~';
    // `_` within a word marks nothing.
    bool inner = i > 0 && i + 1 < text.size() &&
                 std::isalnum(static_cast<unsigned char>(text[i - 1])) &&
                 std::isalnum(static_cast<unsigned char>(text[i + 1]));
    if (c == '_') marks = !inner;
    if (c == '&') marks = true;
    if (marks) plain += '\\';
    plain += c;
  }
  return plain;
}

}  // namespace schemaudit
