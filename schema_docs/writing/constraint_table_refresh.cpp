#include "schema_docs/writing/constraint_table_refresh.h"

#include <algorithm>

#include "analyzer/model/names.h"
#include "schema_docs/cell_words.h"
#include "schema_docs/constraint_cells.h"
#include "schema_docs/data_dictionary.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/writing/definition_table_refresh.h"
#include "schema_docs/writing/stated_elements.h"
#include "schema_docs/writing/table_row_source.h"

namespace schemaudit {

namespace {

using Cell = std::optional<std::size_t>;

std::string text_of(const std::string& row, const Cell& at) {
  return at ? std::string(SourceRow(row).cell(*at)) : std::string();
}

/// As a reader of the document sees it.
std::string plain(std::string text) {
  std::erase(text, '`');
  return text;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + sql_identifier(name);
  return text;
}

/// `CHECK (a > 0)` -> `a > 0`; with more words than that (NULLS NOT DISTINCT) it stays whole.
std::string without_keyword(const std::string& definition) {
  const std::size_t open = definition.find('(');
  const std::string keyword = fold_case(trim(std::string_view(definition).substr(0, open)));
  if (keyword != "check" && keyword != "unique" && keyword != "primary key") return definition;
  const std::optional<std::string_view> inside =
      open == std::string::npos ? std::nullopt : inside_parentheses(definition, open);
  return inside && open + inside->size() + 2 == definition.size() ? std::string(trim(*inside))
                                                                  : definition;
}

}  // namespace

ConstraintTableRefresh::ConstraintTableRefresh(const ConstraintTableShape& shape,
                                               const Schema& built, const SqlWording& wording)
    : shape_(shape), writer_(built, wording) {}

std::optional<ConstraintTableRefresh> ConstraintTableRefresh::of(
    const Block& table, Topic topic, const std::vector<std::string>& lines, const Schema& built,
    const SqlWording& wording) {
  if (table.kind != BlockKind::table) return std::nullopt;
  const std::optional<ConstraintTableShape> shape = constraint_table_shape(table, topic);
  if (!shape) return std::nullopt;
  ConstraintTableRefresh refresh(*shape, built, wording);
  const std::vector<Inlines>& header = table.rows[0].cells;
  refresh.cells_ = header.size();
  for (std::size_t c = 0; c < header.size(); ++c)
    if (is_table_header(header[c])) refresh.table_cell_ = c;
  for (std::size_t r = 1; r < table.rows.size(); ++r) {
    const int line = table.rows[r].line;
    refresh.rows_.push_back({line, lines[static_cast<std::size_t>(line) - 1]});
  }
  const SourceRow heads(lines[static_cast<std::size_t>(table.rows[0].line) - 1]);
  refresh.is_aligned_ =
      std::all_of(refresh.rows_.begin(), refresh.rows_.end(), [&](const Row& row) {
        const SourceRow cells(row.text);
        for (std::size_t c = 0; c < refresh.cells_; ++c)
          if (c >= cells.size() || c >= heads.size() || cells.width(c) != heads.width(c))
            return false;
        return true;
      });
  return refresh;
}

/// Whether the cells that others wrote there are code.
bool ConstraintTableRefresh::writes_code(const Cell& at) const {
  return !rows_.empty() && text_of(rows_.front().text, at).starts_with('`');
}

/// In a code span where the cell has one; as wide as it was where all of its column are.
void ConstraintTableRefresh::put(std::string& row, const Cell& at, const std::string& text) const {
  if (!at) return;
  const SourceRow source(row);
  const std::string_view before = source.cell(*at);
  if (before == text) return;
  const bool in_span =
      before.empty() ? writes_code(at) : before.front() == '`' && before.back() == '`';
  row = source.with_cell(*at, cell_text(in_span && !text.empty() ? in_code(text) : text),
                         is_aligned_ ? source.width(*at) : 0);
}

/// The name, unless the cell says it in its own way: `"orders_no"`, `shop.orders_no`.
void ConstraintTableRefresh::put_name(std::string& row, const Cell& at,
                                      const std::string& name) const {
  if (object_name_in(plain(text_of(row, at))) != name) put(row, at, name);
}

/// `yes`, or the word or the tick that other rows have for it.
std::string ConstraintTableRefresh::yes_or_no_as_here(bool wanted) const {
  for (const Row& row : rows_)
    if (const std::string word = text_of(row.text, shape_.unique); yes_or_no(word) == wanted)
      return word;
  const bool says_yes = std::any_of(rows_.begin(), rows_.end(), [&](const Row& row) {
    return yes_or_no(text_of(row.text, shape_.unique)) == true;
  });
  // Where the others are ticked the rest is left as theirs are.
  for (const Row& row : rows_)
    if (const std::string word = text_of(row.text, shape_.unique);
        !wanted && says_yes && !word.empty() && is_placeholder(word))
      return word;
  if (!wanted && says_yes) return {};
  const bool is_capital = std::any_of(rows_.begin(), rows_.end(), [&](const Row& row) {
    const std::string word = text_of(row.text, shape_.unique);
    return !word.empty() && word.front() >= 'A' && word.front() <= 'Z';
  });
  if (is_capital) return wanted ? "Yes" : "No";
  return wanted ? "yes" : "no";
}

std::optional<std::string> ConstraintTableRefresh::index_row(std::string row,
                                                             const Correction& correction) const {
  const Index* index = built_index(correction);
  if (!index) return std::nullopt;
  // There is no cell that could say it.
  if (!index->include.empty() || index->nulls_not_distinct) return std::nullopt;
  const std::string& table = correction.built->name.name;
  put_name(row, shape_.name, index->name);
  std::string keys = writer_.index_keys(*index);
  std::string condition = index->predicate.has_value()
                              ? short_expression(index->predicate.value(), correction.built)
                              : std::string();
  if (!condition.empty() && !shape_.predicate) {
    keys = "(" + keys + ") " + writer_.word("WHERE") + " " + condition;
  } else if (text_of(row, shape_.columns).starts_with("(")) {
    keys = "(" + keys + ")";
  }
  const std::optional<Index> before = index_keys_in(plain(text_of(row, shape_.columns)), table);
  const std::optional<Index> after = index_keys_in(keys, table);
  if (!before || !after || before->keys != after->keys || before->predicate != after->predicate)
    put(row, shape_.columns, keys);
  const std::string said = text_of(row, shape_.predicate);
  const bool is_right = yes_or_no(said) ? *yes_or_no(said) == !condition.empty()
                                        : is_placeholder(said) && condition.empty();
  if (!is_right) put(row, shape_.predicate, condition);
  const bool unique = index->unique.value_or(false);
  const std::string kind = text_of(row, shape_.kind);
  const ConstraintWords words = constraint_words_in(kind);
  if (words.unique && *words.unique != unique) return std::nullopt;
  if (shape_.unique && yes_or_no(text_of(row, shape_.unique)).value_or(false) != unique)
    put(row, shape_.unique, yes_or_no_as_here(unique));
  std::string says = kind;
  if (unique && !shape_.unique && !words.unique) says = says.empty() ? "unique" : "unique " + says;
  // Where no method is said it is btree, and other words (`composite`) are the person's own.
  const bool is_other =
      words.method.empty() ? index->method != "btree" : words.method != index->method;
  if (is_other && !index->method.empty()) {
    if (!words.method.empty() && fold_case(kind) != words.method && fold_case(kind) != "b-tree")
      return std::nullopt;
    says = (unique && !shape_.unique ? "unique " : "") + index->method;
  }
  put(row, shape_.kind, says);
  return row;
}

std::optional<std::string> ConstraintTableRefresh::foreign_key_row(
    std::string row, const Correction& correction) const {
  const ForeignKey* key = built_foreign_key(correction);
  if (!key || key->match != MatchType::simple) return std::nullopt;
  if (!key->name.empty() && !text_of(row, shape_.name).empty())
    put_name(row, shape_.name, key->name);
  if (column_names_in(plain(text_of(row, shape_.columns)), correction.built->name.name) !=
      key->columns)
    put(row, shape_.columns, joined(key->columns));
  std::string target = writer_.name(key->target);
  if (shape_.target_column)
    put(row, shape_.target_column, joined(key->target_columns));
  else
    target += "(" + joined(key->target_columns) + ")";
  std::string actions;
  auto action = [&](const Cell& at, const std::optional<ReferentialAction>& does,
                    const char* event) {
    const ReferentialAction known = does.value_or(ReferentialAction::no_action);
    const bool says = known != ReferentialAction::no_action;
    if (!at && shape_.action) {
      if (says)
        actions += std::string(actions.empty() ? "ON " : " ON ") + event + " " +
                   std::string(to_string(known));
    } else if (!at) {
      if (says) target += std::string(" ON ") + event + " " + std::string(to_string(known));
    } else if (says || !is_placeholder(text_of(row, at))) {
      put(row, at, std::string(to_string(known)));
    }
  };
  action(shape_.on_delete, key->on_delete, "DELETE");
  action(shape_.on_update, key->on_update, "UPDATE");
  if (const std::string said = text_of(row, shape_.action); shape_.action) {
    if (!said.empty() && fold_case(said).find("on ") != 0 && actions.starts_with("ON DELETE "))
      actions.erase(0, 10);
    if (!actions.empty() || !is_placeholder(said)) put(row, shape_.action, actions);
  }
  // Its own words for the same stay: `teams.id`.
  const std::optional<ForeignKey> before =
      reference_in({plain(text_of(row, shape_.target)), {}, {}, {}, {}});
  const bool is_same =
      before && before->target.name == key->target.name &&
      (before->target.schema.empty() || before->target.schema == key->target.schema) &&
      (before->target_columns.empty() || before->target_columns == key->target_columns) &&
      (shape_.on_delete || shape_.action ||
       before->on_delete.value_or(ReferentialAction::no_action) ==
           key->on_delete.value_or(ReferentialAction::no_action)) &&
      (shape_.on_update || shape_.action ||
       before->on_update.value_or(ReferentialAction::no_action) ==
           key->on_update.value_or(ReferentialAction::no_action));
  if (!is_same) put(row, shape_.target, target);
  return row;
}

std::optional<std::string> ConstraintTableRefresh::constraint_row(
    std::string row, const Correction& correction) const {
  const std::optional<DefinitionRow> built = definition_row(correction, writer_);
  if (!built) return std::nullopt;
  if (!built->name.empty()) put_name(row, shape_.name, built->name);
  const std::string kind = text_of(row, shape_.kind);
  if (kind.empty()) put(row, shape_.kind, built->type);
  const bool whole = correction.what == CorrectionKind::foreign_key;
  put(row, shape_.columns, whole ? built->definition : without_keyword(built->definition));
  return row;
}

std::string ConstraintTableRefresh::empty_row(const Correction& correction) const {
  std::string row = "|";
  const SourceRow model(rows_.empty() ? std::string() : rows_.front().text);
  for (std::size_t c = 0; c < cells_; ++c)
    row += std::string(is_aligned_ && c < model.size() ? model.width(c) : 1, ' ') + "|";
  put(row, table_cell_, writer_.name(correction.built->name));
  return row;
}

std::optional<std::string> ConstraintTableRefresh::rewritten(const std::string& row,
                                                             const Correction& correction) const {
  switch (shape_.rows) {
    case ConstraintRows::indexes:
      return correction.what == CorrectionKind::index ? index_row(row, correction) : std::nullopt;
    case ConstraintRows::foreign_keys:
      return correction.what == CorrectionKind::foreign_key ? foreign_key_row(row, correction)
                                                            : std::nullopt;
    case ConstraintRows::constraints:
      return constraint_row(row, correction);
  }
  return std::nullopt;
}

bool ConstraintTableRefresh::apply(const Correction& correction) {
  if (!correction.is_stated) {
    std::optional<std::string> row = rewritten(empty_row(correction), correction);
    if (!row) return false;
    added_.push_back(std::move(*row));
    return true;
  }
  for (Row& row : rows_) {
    if (row.line != correction.at.line || row.removed) continue;
    if (!correction.is_built) {
      if (std::count_if(rows_.begin(), rows_.end(), [](const Row& r) { return !r.removed; }) < 2)
        return false;
      return row.removed = true;
    }
    if (correction.name_only && shape_.name) {
      put_name(row.text, shape_.name, correction.built_name);
      return true;
    }
    std::optional<std::string> text = rewritten(row.text, correction);
    if (!text) return false;
    row.text = std::move(*text);
    return true;
  }
  return false;
}

void ConstraintTableRefresh::commit(TextEdits& edits) const {
  for (const Row& row : rows_) {
    if (row.removed)
      edits.remove(row.line);
    else
      edits.replace(row.line, row.text);
  }
  if (!added_.empty() && !rows_.empty()) edits.insert_before(rows_.back().line + 1, added_);
}

}  // namespace schemaudit
