#include "schema_docs/table_source.h"

#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

/// A document may hold several large tables; all together they cost as much as these many.
constexpr std::size_t kTablesOfLimit = 4;

std::string_view without_container(std::string_view line) {
  std::size_t begin = line.find_first_not_of(" \t>*+");
  return begin == std::string_view::npos ? std::string_view() : line.substr(begin);
}

/// Columns of a delimiter row (`| --- | :-: |`); 0 where the line is none.
std::size_t delimiter_columns(std::string_view line) {
  std::string_view row = without_container(line);
  if (row.empty() || row.find('-') == std::string_view::npos) return 0;
  if (row.find_first_not_of("|:- \t\r") != std::string_view::npos) return 0;
  if (row.find('|') == std::string_view::npos) return 0;
  return count_source_cells(row);
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r>") == line.npos;
}

}  // namespace

std::vector<std::string> source_lines(std::string_view text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find_first_of("\r\n", at);
    if (end == std::string_view::npos) end = text.size();
    lines.emplace_back(text.substr(at, end - at));
    at = end + 1;
    if (end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n') ++at;
  }
  return lines;
}

std::size_t count_source_cells(std::string_view line) {
  std::size_t begin = line.find_first_not_of(" \t>");
  std::size_t end = line.find_last_not_of(" \t\r");
  if (begin == std::string_view::npos) return 0;
  line = line.substr(begin, end - begin + 1);
  if (line.front() == '|') line.remove_prefix(1);
  if (!line.empty() && line.back() == '|' && (line.size() < 2 || line[line.size() - 2] != '\\'))
    line.remove_suffix(1);
  std::size_t cells = 1;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\')
      ++i;
    else if (line[i] == '|')
      ++cells;
  }
  return cells;
}

std::optional<OversizedTable> find_oversized_table(const std::vector<std::string>& lines,
                                                   const DocumentLimits& limits) {
  std::size_t all = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::size_t columns = delimiter_columns(lines[i]);
    if (columns == 0) continue;
    std::size_t rows = 1;
    while (i + rows < lines.size() && !is_blank(lines[i + rows])) ++rows;
    std::size_t cells = columns * rows;
    all += cells;
    if (cells > limits.table_cells || all > kTablesOfLimit * limits.table_cells)
      return OversizedTable{static_cast<int>(i + 1), columns, rows};
  }
  return std::nullopt;
}

std::vector<LineRange> find_oversized_paragraphs(const std::vector<std::string>& lines,
                                                 std::size_t bytes) {
  std::vector<LineRange> found;
  std::size_t run = 0, first = 0;
  std::string_view fence;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trim(lines[i]);
    const std::string_view mark = line.substr(0, 3);
    const bool is_fence = mark == "```" || mark == "~~~";
    if (is_fence && (fence.empty() || fence == mark))
      fence = fence.empty() ? mark : std::string_view();
    // What begins a block of its own ends the one before it.
    const bool begins = line.empty() || is_fence || !fence.empty() ||
                        std::string_view("#>-*+|").find(line.front()) != std::string_view::npos ||
                        (line.front() >= '0' && line.front() <= '9');
    if (begins) run = 0;
    if (line.empty() || is_fence || !fence.empty()) continue;
    if (run == 0) first = i;
    run += lines[i].size() + 1;
    if (run <= bytes) continue;
    if (found.empty() || found.back().first != first) found.push_back({first, i});
    found.back().last = i;
  }
  return found;
}

}  // namespace schemaudit
