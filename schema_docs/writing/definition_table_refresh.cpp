#include "schema_docs/writing/definition_table_refresh.h"

#include <algorithm>

#include "schema_docs/header_word.h"
#include "schema_docs/writing/stated_elements.h"
#include "schema_docs/writing/table_row_source.h"

namespace schemaudit {

namespace {

DefinitionRow row_of(const Relation& relation, const Index& index, const SqlWriter& writer) {
  std::string definition = writer.index(relation, index);
  if (index.method.empty() || index.method == "btree") {
    std::size_t open = definition.find(" (");
    if (open != std::string::npos) definition.insert(open, " USING btree");
  }
  return {index.name, "", definition};
}

}  // namespace

SqlWriter definition_writer(const Schema& built) {
  SqlWording wording;
  wording.qualified = true;
  return SqlWriter(built, wording);
}

std::optional<DefinitionRow> definition_row(const Correction& correction, const SqlWriter& writer) {
  const Relation& relation = *correction.built;
  switch (correction.what) {
    case CorrectionKind::primary_key:
      if (!relation.primary_key) return std::nullopt;
      return DefinitionRow{relation.primary_key->name, "PRIMARY KEY",
                           writer.key(*relation.primary_key, true)};
    case CorrectionKind::unique:
      if (const KeyConstraint* key = built_key(correction))
        return DefinitionRow{key->name, "UNIQUE", writer.key(*key, false)};
      return std::nullopt;
    case CorrectionKind::foreign_key:
      if (const ForeignKey* key = built_foreign_key(correction))
        return DefinitionRow{key->name, "FOREIGN KEY", writer.foreign_key(*key)};
      return std::nullopt;
    case CorrectionKind::check:
      if (const CheckConstraint* check = built_check(correction))
        return DefinitionRow{check->name, "CHECK", writer.check(*check, relation)};
      return std::nullopt;
    case CorrectionKind::index:
      if (const Index* index = built_index(correction)) return row_of(relation, *index, writer);
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

std::vector<DefinitionRow> constraint_rows(const Relation& relation, const SqlWriter& writer) {
  std::vector<DefinitionRow> rows;
  for (const CheckConstraint& check : relation.checks)
    rows.push_back({check.name, "CHECK", writer.check(check, relation)});
  for (const ForeignKey& key : relation.foreign_keys)
    if (!key.inherited) rows.push_back({key.name, "FOREIGN KEY", writer.foreign_key(key)});
  if (relation.primary_key)
    rows.push_back(
        {relation.primary_key->name, "PRIMARY KEY", writer.key(*relation.primary_key, true)});
  for (const KeyConstraint& key : relation.unique_constraints)
    rows.push_back({key.name, "UNIQUE", writer.key(key, false)});
  for (const ExclusionConstraint& exclusion : relation.exclusions)
    rows.push_back({exclusion.name, "EXCLUDE", writer.exclusion(exclusion)});
  return rows;
}

std::vector<DefinitionRow> index_rows(const Relation& relation, const SqlWriter& writer) {
  std::vector<DefinitionRow> rows;
  for (const Index& index : relation.indexes) rows.push_back(row_of(relation, index, writer));
  return rows;
}

DefinitionTableRefresh::DefinitionTableRefresh(const Schema& built)
    : writer_(definition_writer(built)) {}

std::optional<DefinitionTableRefresh> DefinitionTableRefresh::of(
    const Block& table, const std::vector<std::string>& lines, const Schema& built) {
  DefinitionTableRefresh refresh(built);
  const std::vector<Inlines>& header = table.rows[0].cells;
  const std::size_t none = header.size();
  refresh.name_ = refresh.type_ = refresh.definition_ = none;
  for (std::size_t c = 0; c < header.size(); ++c) {
    std::string word = header_word(header[c]);
    refresh.header_.push_back(word);
    if (word == "name" || word == "constraint" || word == "index") refresh.name_ = c;
    if (word == "type") refresh.type_ = c;
    if (word == "definition" || word == "expression") refresh.definition_ = c;
  }
  if (refresh.name_ == none || refresh.definition_ == none) return std::nullopt;
  for (std::size_t r = 1; r < table.rows.size(); ++r) {
    int line = table.rows[r].line;
    refresh.rows_.push_back({line, lines[static_cast<std::size_t>(line) - 1]});
  }
  return refresh;
}

bool DefinitionTableRefresh::apply(const Correction& correction) {
  if (!correction.built) return false;
  std::optional<DefinitionRow> built =
      correction.is_built ? definition_row(correction, writer_) : std::nullopt;
  if (correction.is_built && !built) return false;
  if (!correction.is_stated) {
    std::string text = "|";
    for (std::size_t c = 0; c < header_.size(); ++c) {
      std::string cell = c == name_         ? built->name
                         : c == type_       ? built->type
                         : c == definition_ ? built->definition
                                            : "";
      text += " " + cell_text(cell) + " |";
    }
    added_.push_back(std::move(text));
    return true;
  }
  for (Row& row : rows_) {
    if (row.line != correction.at.line || row.removed) continue;
    if (!built) {
      if (rows_.size() < 2) return false;
      row.removed = true;
      return true;
    }
    if (correction.name_only) {
      // The definition of an index says its name, too.
      std::string definition(SourceRow(row.text).cell(definition_));
      std::size_t named = definition.find(correction.stated_name);
      if (named != std::string::npos)
        definition.replace(named, correction.stated_name.size(), built->name);
      row.text = SourceRow(row.text).with_cell(definition_, definition);
      row.text = SourceRow(row.text).with_cell(name_, cell_text(built->name));
      return row.changed = true;
    }
    row.text = SourceRow(row.text).with_cell(name_, cell_text(built->name));
    row.text = SourceRow(row.text).with_cell(definition_, cell_text(built->definition));
    return row.changed = true;
  }
  return false;
}

void DefinitionTableRefresh::commit(TextEdits& edits) const {
  for (const Row& row : rows_) {
    if (row.removed)
      edits.remove(row.line);
    else if (row.changed)
      edits.replace(row.line, row.text);
  }
  if (!added_.empty() && !rows_.empty()) edits.insert_before(rows_.back().line + 1, added_);
}

}  // namespace schemaudit
