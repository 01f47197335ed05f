#include "schema_docs/writing/column_table_refresh.h"

#include <algorithm>

#include "analyzer/model/names.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/table_names.h"
#include "schema_docs/unicode_text.h"
#include "schema_docs/writing/stated_elements.h"
#include "schema_docs/writing/table_row_source.h"

namespace schemaudit {

namespace {

std::string line_at(const std::vector<std::string>& lines, int number) {
  if (number < 1 || static_cast<std::size_t>(number) > lines.size()) return {};
  return lines[static_cast<std::size_t>(number) - 1];
}

}  // namespace

ColumnTableRefresh::ColumnTableRefresh(const Block& table, const ColumnTableShape& shape,
                                       const std::vector<std::string>& lines, const Schema& built,
                                       const DocumentStyle& style)
    : shape_(shape),
      built_(built),
      style_(style_of_block(style, table, lines)),
      wording_(built, style_),
      header_(line_at(lines, table.rows[0].line)),
      rule_(line_at(lines, table.rows[0].line + 1)) {
  style_.table.roles = shape.roles;
  for (std::size_t r = 1; r < table.rows.size(); ++r) {
    Row row;
    row.line = table.rows[r].line;
    row.text = line_at(lines, row.line);
    if (std::optional<ColumnClaim> claim = read_row(row.text)) row.column = claim->column.name;
    rows_.push_back(std::move(row));
  }
  const SourceRow header(header_);
  for (std::size_t c = 0; c < header.size(); ++c) {
    bool same = true;
    std::size_t texts = 0;
    for (const Row& row : rows_) {
      const SourceRow source(row.text);
      same = same && c < source.size() && source.width(c) == header.width(c);
      if (c < source.size() &&
          count_code_points(source.cell(c)) != count_code_points(header.cell(c)))
        ++texts;
    }
    bool is_end = c + 1 == header.size() && !header.closes();
    // Cells of one length are lined up by chance.
    widths_.push_back(same && texts > 0 && !is_end ? header.width(c) : 0);
  }
}

std::size_t ColumnTableRefresh::width_of(std::size_t cell) const {
  return cell < widths_.size() ? widths_[cell] : 0;
}

std::optional<ColumnClaim> ColumnTableRefresh::read_row(const std::string& text) const {
  MarkdownDocument document = parse_markdown(header_ + "\n" + rule_ + "\n" + text + "\n", {});
  std::vector<const Block*> open;
  for (const Block& block : document.blocks) open.push_back(&block);
  while (!open.empty()) {
    const Block* block = open.back();
    open.pop_back();
    for (const Block& child : block->children) open.push_back(&child);
    if (block->kind != BlockKind::table || block->rows.size() != 2) continue;
    std::vector<Problem> problems;
    TableClaim claim = read_column_table(*block, shape_, {"", "t"}, "t.md", problems);
    if (!problems.empty() || claim.columns.size() != 1) return std::nullopt;
    return claim.columns.front();
  }
  return std::nullopt;
}

ColumnTableRefresh::Row* ColumnTableRefresh::find_row(const std::string& column) {
  for (Row& row : rows_)
    if (!row.removed && row.column == column) return &row;
  for (Row& row : rows_)
    if (!row.removed && !row.column.empty() && snake_key(row.column) == snake_key(column))
      return &row;
  return nullptr;
}

bool ColumnTableRefresh::edit_row(const std::string& column,
                                  const std::function<bool(ColumnFactEditor&)>& edit) {
  Row* row = find_row(column);
  if (!row) return false;
  auto compose = [&](const std::vector<FactPlace>& places) {
    std::string text = row->text;
    for (std::size_t c = 0; c < places.size(); ++c) {
      const SourceRow source(text);
      if (source.cell(c) != places[c].source)
        text = source.with_cell(c, places[c].source, width_of(c));
    }
    return text;
  };
  const SourceRow source(row->text);
  if (source.size() > shape_.roles.size()) return false;
  std::vector<FactPlace> places;
  for (std::size_t c = 0; c < shape_.roles.size(); ++c)
    places.push_back({std::string(source.cell(c)), shape_.roles[c], false});
  ColumnFactEditor editor(
      places, [&](const std::vector<FactPlace>& edited) { return read_row(compose(edited)); },
      wording_, style_);
  if (!edit(editor)) return false;
  std::string text = compose(editor.places());
  row->changed = row->changed || text != row->text;
  row->text = std::move(text);
  return true;
}

bool ColumnTableRefresh::remove_row(const std::string& column) {
  Row* row = find_row(column);
  if (!row) return false;
  // A table without rows is none.
  std::size_t left = 0;
  for (const Row& other : rows_) left += other.removed ? 0 : 1;
  if (left < 2) return false;
  row->removed = true;
  return true;
}

bool ColumnTableRefresh::add_row(const Correction& correction) {
  const Relation built = as_far_as_stated(*correction.built, correction.stated);
  const Column* column = built.find_column(correction.built_name);
  if (!column) return false;
  const SourceRow header(header_);
  auto text_of = [&](bool with_comment) {
    std::vector<std::string> cells = wording_.cells(built, *column, with_comment);
    std::string text(header.lead());
    if (header.opens()) text += "|";
    // As the rows there are have it: `| a | b |` or `|a|b|`.
    const std::string_view like = rows_.empty() ? header_ : rows_.back().text;
    bool spaced = !header.opens() || like.substr(header.lead().size()).starts_with("| ");
    for (std::size_t c = 0; c < cells.size(); ++c) {
      std::string cell = (spaced && !(c == 0 && !header.opens()) ? " " : "") + cells[c];
      bool last = c + 1 == cells.size();
      std::size_t used = count_code_points(cell), width = width_of(c);
      if (width > used)
        cell += std::string(width - used, ' ');
      else if (spaced && (!cells[c].empty() || style_.table.wide_empty) &&
               (!last || header.closes()))
        cell += " ";
      text += cell;
      if (!last || header.closes()) text += "|";
    }
    return text;
  };
  for (bool with_comment : {true, false}) {
    std::string text = text_of(with_comment);
    std::optional<ColumnClaim> claim = read_row(text);
    if (!claim || claim->column.name != column->name) continue;
    if (claim->column.type && column->type && claim->column.nullable &&
        *claim->column.nullable != column->nullable.value_or(true))
      continue;
    // Behind the column that stands before it in the database, of those that are here.
    Row* behind = nullptr;
    for (const Column& other : built.columns) {
      if (other.name == column->name) break;
      if (Row* row = find_row(other.name)) behind = row;
    }
    (behind ? behind->followed_by : before_first_).push_back(text);
    return true;
  }
  return false;
}

bool ColumnTableRefresh::primary_key(const Correction& correction) {
  const std::vector<std::string> wanted =
      correction.is_built ? correction.built->primary_key->columns : std::vector<std::string>();
  std::vector<std::string> stated;
  if (correction.stated && correction.stated->primary_key)
    stated = correction.stated->primary_key->columns;
  bool all = true;
  auto holds = [](const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  for (const std::string& column : stated)
    if (!holds(wanted, column))
      all &= edit_row(column, [](ColumnFactEditor& row) { return row.set_primary_key(false); });
  for (const std::string& column : wanted)
    if (!holds(stated, column))
      all &= edit_row(column, [](ColumnFactEditor& row) { return row.set_primary_key(true); });
  return all;
}

bool ColumnTableRefresh::on_single_column(const Correction& correction) {
  auto only = [](const auto* element) {
    return element && element->columns.size() == 1 ? element->columns.front() : std::string();
  };
  switch (correction.what) {
    case CorrectionKind::unique: {
      const KeyConstraint* stated = stated_key(correction);
      const KeyConstraint* built = built_key(correction);
      std::string from = only(stated), to = only(built);
      if (stated && from.empty()) return false;
      if (built && (to.empty() || !marks_of(*correction.built, to).unique)) return false;
      if (!from.empty() && from != to &&
          !edit_row(from, [](ColumnFactEditor& row) { return row.set_unique(false); }))
        return false;
      return to.empty() || from == to ||
             edit_row(to, [](ColumnFactEditor& row) { return row.set_unique(true); });
    }
    case CorrectionKind::foreign_key: {
      const ForeignKey* stated = stated_foreign_key(correction);
      const ForeignKey* built = built_foreign_key(correction);
      std::string from = only(stated), to = only(built);
      if (stated && from.empty()) return false;
      if (built && (to.empty() || marks_of(*correction.built, to).foreign_key != built))
        return false;
      if (!from.empty() && from != to &&
          !edit_row(from, [](ColumnFactEditor& row) { return row.set_reference(nullptr); }))
        return false;
      return to.empty() ||
             edit_row(to, [&](ColumnFactEditor& row) { return row.set_reference(built); });
    }
    case CorrectionKind::check: {
      const CheckConstraint* stated = stated_check(correction);
      const CheckConstraint* built = built_check(correction);
      std::string column = stated ? only(stated) : only(built);
      if (column.empty()) return false;
      return edit_row(column, [&](ColumnFactEditor& row) {
        return row.set_check(stated, built, *correction.built);
      });
    }
    default:
      return false;
  }
}

bool ColumnTableRefresh::apply(const Correction& correction) {
  if (!correction.built) return false;
  const Column* built = correction.built->find_column(correction.built_name);
  switch (correction.what) {
    case CorrectionKind::column:
      return correction.is_built ? add_row(correction) : remove_row(correction.column);
    case CorrectionKind::column_name:
      return edit_row(correction.column, [&](ColumnFactEditor& row) {
        return row.set_name(correction.column, correction.built_name);
      });
    case CorrectionKind::type:
      return built && edit_row(correction.column,
                               [&](ColumnFactEditor& row) { return row.set_type(*built); });
    case CorrectionKind::nullability:
      return built && built->nullable && edit_row(correction.column, [&](ColumnFactEditor& row) {
               return row.set_nullable(*built->nullable);
             });
    case CorrectionKind::filling:
      return built && edit_row(correction.column,
                               [&](ColumnFactEditor& row) { return row.set_filling(*built); });
    case CorrectionKind::primary_key:
      return primary_key(correction);
    case CorrectionKind::values: {
      const std::vector<std::string> values = built_values(correction, built_);
      return !values.empty() && edit_row(correction.column, [&](ColumnFactEditor& row) {
        return row.set_values(values);
      });
    }
    case CorrectionKind::unique:
    case CorrectionKind::foreign_key:
    case CorrectionKind::check:
      return on_single_column(correction);
    default:
      return false;
  }
}

void ColumnTableRefresh::commit(TextEdits& edits) const {
  if (!before_first_.empty() && !rows_.empty())
    edits.insert_before(rows_.front().line, before_first_);
  for (const Row& row : rows_) {
    if (row.removed)
      edits.remove(row.line);
    else if (row.changed)
      edits.replace(row.line, row.text);
    if (!row.followed_by.empty()) edits.insert_before(row.line + 1, row.followed_by);
  }
}

}  // namespace schemaudit
