#include "schema_docs/inventory.h"

#include "analyzer/model/names.h"
#include "schema_docs/header_word.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/table_names.h"

namespace schemaudit {

namespace {

std::optional<RelationKind> kind_of(std::string_view type) {
  std::string folded = fold_case(trim(type));
  if (folded == "base table" || folded == "table") return RelationKind::table;
  if (folded == "partitioned table") return RelationKind::partitioned_table;
  if (folded == "view") return RelationKind::view;
  if (folded == "materialized view") return RelationKind::materialized_view;
  if (folded == "foreign table" || folded == "foreign") return RelationKind::foreign_table;
  return std::nullopt;
}

}  // namespace

bool read_inventory(const Block& table, const std::string& uri, bool referenced,
                    ReadDocument& read) {
  if (table.rows.size() < 2) return false;
  const std::vector<Inlines>& header = table.rows[0].cells;
  std::size_t none = header.size(), name = none, columns = none, type = none, comment = none;
  for (std::size_t c = 0; c < header.size(); ++c) {
    std::string folded = header_word(header[c]);
    if (folded == "name" || folded == "table") name = c;
    if (folded == "columns") columns = c;
    if (folded == "type") type = c;
    if (folded == "comment") comment = c;
  }
  if (name == none || columns == none || type == none) return false;
  for (std::size_t r = 1; r < table.rows.size(); ++r) {
    const TableRow& row = table.rows[r];
    if (row.cells.size() < header.size()) continue;
    std::string written(trim(row.cells[name].text()));
    std::optional<std::size_t> count = parse_count(row.cells[columns].text());
    std::optional<RelationKind> kind = kind_of(row.cells[type].text());
    if (!is_qualified_identifier(written) || !count || !kind) continue;
    Origin origin{uri, row.line, table.column};
    QualifiedName named = parse_table_name(written);
    read.column_counts.push_back({named, *count, origin});
    if (referenced) continue;
    TableClaim claim;
    claim.name = named;
    claim.origin = origin;
    claim.form = "tbls";
    claim.kind = *kind;
    claim.inventory = true;
    if (comment != none) {
      std::string text(trim(row.cells[comment].text()));
      if (!text.empty()) claim.comment = text;
    }
    read.claims.push_back(std::move(claim));
  }
  return true;
}

}  // namespace schemaudit
