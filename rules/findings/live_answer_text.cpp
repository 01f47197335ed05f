#include "rules/findings/live_answer_text.h"

#include <algorithm>

#include "analyzer/model/secret_names.h"
#include "analyzer/model/utf8.h"

namespace schemaudit {

namespace {

constexpr std::size_t kRows = 3;
constexpr std::size_t kCellBytes = 80;

std::string shortened(std::string cell) {
  if (cell.size() <= kCellBytes) return cell;
  return std::string(cut_at_character(cell, kCellBytes)) + "...";
}

}  // namespace

std::string shown_rows(const LiveAnswer& answer) {
  if (answer.row_count == 0) return "no row";
  std::string text;
  for (std::size_t r = 0; r < std::min(answer.rows.size(), kRows); ++r) {
    if (r > 0) text += "\n";
    for (std::size_t c = 0; c < answer.rows[r].size(); ++c)
      text += (c > 0 ? " | " : "") + shortened(shown_cell(answer, r, c));
  }
  if (answer.row_count > kRows) text += "\n(" + std::to_string(answer.row_count - kRows) + " more)";
  return text;
}

std::string shown_rows(const std::vector<CellRow>& rows, const LiveAnswer& answer) {
  LiveAnswer expected = answer;
  expected.rows = rows;
  expected.row_count = rows.size();
  return shown_rows(expected);
}

}  // namespace schemaudit
