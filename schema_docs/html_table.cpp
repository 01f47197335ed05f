#include "schema_docs/html_table.h"

#include <string>
#include <utility>

#include "analyzer/model/names.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

std::vector<TableRow> rows_of_html_table(std::string_view html) {
  std::vector<TableRow> rows;
  bool in_table = false, in_cell = false;
  std::string cell;
  auto end_cell = [&] {
    if (!std::exchange(in_cell, false) || rows.empty()) return;
    Inlines inlines;
    inlines.spans.emplace_back().text = std::string(trim(cell));
    rows.back().cells.push_back(std::move(inlines));
    ++rows.back().source_cells;
  };
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t open = html.find('<', at);
    if (in_cell) cell += html.substr(at, open == std::string_view::npos ? open : open - at);
    if (open == std::string_view::npos) break;
    const bool is_comment = html.substr(open).starts_with("<!--");
    const std::size_t close = html.find(is_comment ? "-->" : ">", open);
    if (close == std::string_view::npos) break;
    const std::string_view tag = html.substr(open + 1, close - open - 1);
    const std::string name = fold_case(tag.substr(0, tag.find_first_of(" \t\n/", 1)));
    at = close + (is_comment ? 3 : 1);
    if (name == "table") in_table = true;
    if (!in_table) continue;
    if (name == "td" || name == "th" || name == "tr" || name == "/tr" || name == "/table")
      end_cell();
    if (name == "tr") rows.emplace_back();
    if (name == "td" || name == "th") {
      in_cell = true;
      cell.clear();
    }
    if (name == "/table") break;
  }
  std::erase_if(rows, [](const TableRow& row) { return row.cells.empty(); });
  return rows;
}

}  // namespace schemaudit
