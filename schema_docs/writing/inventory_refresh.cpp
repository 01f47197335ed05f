#include "schema_docs/writing/inventory_refresh.h"

#include <algorithm>
#include <optional>

#include "analyzer/model/names.h"
#include "schema_docs/header_word.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/table_names.h"
#include "schema_docs/writing/table_row_source.h"

namespace schemaudit {

namespace {

std::string kind_word(const Relation& relation) {
  switch (relation.kind) {
    case RelationKind::view:
      return "VIEW";
    case RelationKind::materialized_view:
      return "MATERIALIZED VIEW";
    case RelationKind::foreign_table:
      return "FOREIGN TABLE";
    case RelationKind::partitioned_table:
      return "PARTITIONED TABLE";
    case RelationKind::table:
      break;
  }
  return "BASE TABLE";
}

const Relation* find(const Schema& built, const QualifiedName& name) {
  for (const Relation& relation : built.relations)
    if (may_be_same(relation.name, name)) return &relation;
  return nullptr;
}

}  // namespace

void refresh_inventory_table(const Block& table, const std::vector<std::string>& lines,
                             const Schema& built, const std::vector<const Relation*>& added,
                             TextEdits& edits) {
  if (table.rows.size() < 2) return;
  const std::vector<Inlines>& header = table.rows[0].cells;
  const std::size_t none = header.size();
  std::size_t name = none, columns = none, type = none, comment = none;
  for (std::size_t c = 0; c < header.size(); ++c) {
    std::string word = header_word(header[c]);
    if (word == "name" || word == "table") name = c;
    if (word == "columns") columns = c;
    if (word == "type") type = c;
    if (word == "comment") comment = c;
  }
  if (name == none || columns == none || type == none) return;
  struct Known {
    int line;
    std::string written;
    bool linked;
  };
  std::vector<Known> known;
  for (std::size_t r = 1; r < table.rows.size(); ++r) {
    const TableRow& row = table.rows[r];
    if (row.cells.size() < header.size()) continue;
    std::string written(trim(row.cells[name].text()));
    std::string_view source = lines[static_cast<std::size_t>(row.line) - 1];
    known.push_back({row.line, written, SourceRow(source).cell(name).starts_with("[")});
    const Relation* relation = find(built, parse_table_name(written));
    std::optional<std::size_t> count = parse_count(row.cells[columns].text());
    if (!relation || !count || *count == relation->columns.size()) continue;
    edits.replace(row.line,
                  SourceRow(source).with_cell(columns, std::to_string(relation->columns.size())));
  }
  if (known.empty()) return;
  for (const Relation* relation : added) {
    bool qualified = known.front().written.find('.') != std::string::npos;
    std::string written = qualified ? to_string(relation->name) : relation->name.name;
    if (std::any_of(known.begin(), known.end(),
                    [&](const Known& row) { return row.written == written; }))
      continue;
    const Known* behind = nullptr;
    for (const Known& row : known)
      if (row.written < written) behind = &row;
    std::string text = "|";
    for (std::size_t c = 0; c < header.size(); ++c) {
      std::string cell;
      if (c == name)
        cell = known.front().linked ? "[" + written + "](" + written + ".md)" : written;
      if (c == columns) cell = std::to_string(relation->columns.size());
      if (c == type) cell = kind_word(*relation);
      if (c == comment && relation->comment.has_value())
        cell = as_plain_text(relation->comment.value());
      text += " " + cell_text(cell) + " |";
    }
    edits.insert_before(behind ? behind->line + 1 : known.front().line, {text});
  }
}

}  // namespace schemaudit
