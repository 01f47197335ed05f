#include "rules/findings/live_answer_text.h"

#include <algorithm>

#include "analyzer/model/names.h"

namespace schemaudit {

namespace {

constexpr std::size_t kRows = 3;
constexpr std::size_t kCellBytes = 80;

bool names_a_secret(const std::string& column) {
  const std::string name = fold_case(column);
  for (const char* word : {"password", "passwd", "secret", "token", "api_key", "credential"})
    if (name.find(word) != std::string::npos) return true;
  return false;
}

std::string shown_cell(const std::optional<std::string>& cell) {
  if (!cell) return "NULL";
  if (cell->size() <= kCellBytes) return *cell;
  std::size_t end = kCellBytes;
  while (end > 0 && (static_cast<unsigned char>((*cell)[end]) & 0xC0) == 0x80) --end;
  return cell->substr(0, end) + "...";
}

std::string shown(const std::vector<CellRow>& rows, std::size_t count,
                  const std::vector<std::string>& columns) {
  if (count == 0) return "no row";
  std::string text;
  for (std::size_t r = 0; r < std::min(rows.size(), kRows); ++r) {
    if (r > 0) text += "\n";
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      bool secret = c < columns.size() && names_a_secret(columns[c]);
      text += (c > 0 ? " | " : "") + (secret ? std::string("***") : shown_cell(rows[r][c]));
    }
  }
  if (count > kRows) text += "\n(" + std::to_string(count - kRows) + " more)";
  return text;
}

}  // namespace

std::string shown_rows(const LiveAnswer& answer) {
  return shown(answer.rows, answer.row_count, answer.columns);
}

std::string shown_rows(const std::vector<CellRow>& rows) {
  return shown(rows, rows.size(), {});
}

}  // namespace schemaudit
