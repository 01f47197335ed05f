#include "schema_docs/data_dictionary.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "schema_docs/header_word.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/table_names.h"

namespace schemaudit {

namespace {

constexpr std::array<std::string_view, 10> kTableHeaders = {
    "table",
    "table name",
    "tabelle",
    "tabellenname",
    "tabla",
    "tabela",
    "\xE3\x83\x86\xE3\x83\xBC\xE3\x83\x96\xE3\x83\xAB",              // テーブル
    "\xE3\x83\x86\xE3\x83\xBC\xE3\x83\x96\xE3\x83\xAB\xE5\x90\x8D",  // テーブル名
    "\xE8\xA1\xA8",                                                  // 表
    "\xE8\xA1\xA8\xE5\x90\x8D",                                      // 表名
};

std::optional<std::size_t> table_column(const TableRow& header) {
  for (std::size_t i = 0; i < header.cells.size(); ++i)
    if (is_table_header(header.cells[i])) return i;
  return std::nullopt;
}

TableRow without_cell(TableRow row, std::size_t at) {
  if (at < row.cells.size()) row.cells.erase(row.cells.begin() + static_cast<std::ptrdiff_t>(at));
  if (row.source_cells > 0) --row.source_cells;
  return row;
}

}  // namespace

bool is_table_header(const Inlines& cell) {
  return std::find(kTableHeaders.begin(), kTableHeaders.end(), header_word(cell)) !=
         kTableHeaders.end();
}

std::vector<DictionaryPart> parts_of_dictionary(const Block& block) {
  if (block.rows.size() < 2) return {};
  const std::optional<std::size_t> at = table_column(block.rows[0]);
  if (!at || block.rows[0].cells.size() < 3) return {};
  std::vector<DictionaryPart> parts;
  std::optional<std::size_t> current;
  for (std::size_t r = 1; r < block.rows.size(); ++r) {
    const TableRow& row = block.rows[r];
    const std::string name =
        *at < row.cells.size() ? std::string(trim(row.cells[*at].text())) : std::string();
    if (!name.empty()) {
      if (!is_qualified_identifier(name)) return {};
      const QualifiedName table = parse_table_name(name);
      const auto known = std::find_if(parts.begin(), parts.end(), [&](const DictionaryPart& part) {
        return part.table == table;
      });
      current = static_cast<std::size_t>(known - parts.begin());
      if (known == parts.end()) {
        DictionaryPart& part = parts.emplace_back();
        part.table = table;
        part.rows.kind = BlockKind::table;
        part.rows.line = row.line;
        part.rows.column = block.column;
        part.rows.end_line = block.end_line;
        part.rows.rows.push_back(without_cell(block.rows[0], *at));
      }
    }
    if (!current) return {};
    parts[*current].rows.rows.push_back(without_cell(row, *at));
  }
  return parts;
}

}  // namespace schemaudit
