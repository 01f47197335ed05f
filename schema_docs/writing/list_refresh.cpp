#include "schema_docs/writing/list_refresh.h"

#include <algorithm>

#include "analyzer/model/names.h"
#include "analyzer/sql/claims.h"
#include "schema_docs/column_list.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/table_names.h"
#include "schema_docs/writing/stated_elements.h"
#include "schema_docs/writing/table_row_source.h"

namespace schemaudit {

namespace {

const Block* paragraph_of(const std::vector<Block>& blocks) {
  for (const Block& block : blocks) {
    if (block.kind == BlockKind::paragraph) return &block;
    if (const Block* inner = paragraph_of(block.children)) return inner;
  }
  return nullptr;
}

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= text.size();) {
    std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// Where the facts of a bullet begin: behind the marker, the name and what divides them.
std::size_t facts_begin(std::string_view text, const std::string& column) {
  std::size_t at = fold_case(text).find(fold_case(column));
  if (at == std::string::npos) return text.size();
  std::size_t end = at + column.size();
  // `` `id uuid NOT NULL` ``: the facts stand in the code with the name.
  if (end < text.size() && text[end] == '`') ++end;
  for (std::string_view mark :
       {std::string_view(": "), std::string_view(" - "), std::string_view(" \xE2\x80\x94 "),
        std::string_view(" \xE2\x80\x93 "), std::string_view(", "), std::string_view(" ")})
    if (text.substr(end, mark.size()) == mark) return end + mark.size();
  return end;
}

}  // namespace

ListRefresh::ListRefresh(const Block& list, const std::string& table,
                         const std::vector<std::string>& lines, const Schema& built,
                         const DocumentStyle& style)
    : table_(table),
      built_(built),
      style_(style_of_block(style, list, lines)),
      wording_(built, style_) {
  for (const Block& child : list.children) {
    if (child.children.empty() || child.children[0].kind != BlockKind::paragraph) continue;
    const Block& paragraph = child.children[0];
    Item item;
    item.first_line = paragraph.line;
    item.last_line = std::max(paragraph.line, paragraph.end_line);
    for (int line = item.first_line; line <= item.last_line; ++line) {
      if (line > item.first_line) item.text += '\n';
      if (static_cast<std::size_t>(line) <= lines.size())
        item.text += lines[static_cast<std::size_t>(line) - 1];
    }
    BulletOptions options;
    options.table = table_;
    options.column_list = true;
    for (const ColumnClaim& claim : read_bullet(paragraph.inlines, options).columns)
      item.columns.push_back(claim.column.name);
    items_.push_back(std::move(item));
  }
}

std::optional<ColumnClaim> ListRefresh::read_item(const std::string& text,
                                                  const std::string& column) const {
  MarkdownDocument document = parse_markdown(text + "\n", {});
  const Block* paragraph = paragraph_of(document.blocks);
  if (!paragraph) return std::nullopt;
  BulletOptions options;
  options.table = table_;
  options.column_list = true;
  BulletFacts facts = read_bullet(paragraph->inlines, options);
  for (const ColumnClaim& claim : facts.columns)
    if (claim.column.name == column) return claim;
  return std::nullopt;
}

ListRefresh::Item* ListRefresh::find_item(const std::string& column) {
  for (Item& item : items_)
    for (const std::string& name : item.columns)
      if (!item.removed && snake_key(name) == snake_key(column)) return &item;
  return nullptr;
}

ListRefresh::Item* ListRefresh::item_at(int line) {
  for (Item& item : items_)
    if (line >= item.first_line && line <= item.last_line) return &item;
  return nullptr;
}

bool ListRefresh::edit_item(const std::string& column,
                            const std::function<bool(ColumnFactEditor&)>& edit) {
  Item* item = find_item(column);
  // What several columns share is not changed for one of them.
  if (!item || item->columns.size() != 1) return false;
  const std::string& name = item->columns.front();
  std::string head = item->text.substr(0, facts_begin(item->text, name));
  std::string facts = item->text.substr(head.size());
  if (trim(facts).empty()) head = std::string(item->text) + style_.list.after_name;
  ColumnFactEditor editor(
      {{facts, CellRole::other, true}},
      [&](const std::vector<FactPlace>& places) {
        return read_item(head + places.front().source, name);
      },
      wording_, style_);
  if (!edit(editor)) return false;
  std::string text = head + editor.places().front().source;
  item->changed = item->changed || text != item->text;
  item->text = std::move(text);
  return true;
}

std::string ListRefresh::marker() const {
  if (items_.empty()) return style_.list.bullet;
  const std::string& text = items_.back().text;
  std::size_t mark = text.find_first_not_of(" \t>");
  if (mark == std::string::npos) return style_.list.bullet;
  std::size_t end = text.find_first_of(" \t", mark);
  if (end == std::string::npos) return style_.list.bullet;
  // A task's box is the task's own.
  return text.substr(0, end + 1);
}

bool ListRefresh::add_column(const Correction& correction) {
  const Relation built = as_far_as_stated(*correction.built, correction.stated);
  const Column* column = built.find_column(correction.built_name);
  if (!column || !is_identifier(column->name)) return false;
  for (bool with_comment : {true, false}) {
    std::string text = marker() + wording_.bullet(built, *column, with_comment);
    std::optional<ColumnClaim> claim = read_item(text, column->name);
    if (!claim) continue;
    if (claim->column.nullable && *claim->column.nullable != column->nullable.value_or(true))
      continue;
    Item* behind = nullptr;
    for (const Column& other : built.columns) {
      if (other.name == column->name) break;
      if (Item* item = find_item(other.name)) behind = item;
    }
    (behind ? behind->followed_by : before_first_).push_back(text);
    return true;
  }
  return false;
}

bool ListRefresh::single_column(const Correction& correction) {
  auto only = [](const auto* element) {
    return element && element->columns.size() == 1 ? element->columns.front() : std::string();
  };
  switch (correction.what) {
    case CorrectionKind::primary_key: {
      std::vector<std::string> wanted, stated;
      if (correction.is_built) wanted = correction.built->primary_key->columns;
      if (correction.stated->primary_key) stated = correction.stated->primary_key->columns;
      if (wanted.size() > 1 || stated.size() > 1) return false;
      bool all = true;
      for (const std::string& column : stated)
        if (wanted != stated)
          all &= edit_item(column, [](ColumnFactEditor& e) { return e.set_primary_key(false); });
      for (const std::string& column : wanted)
        if (wanted != stated)
          all &= edit_item(column, [](ColumnFactEditor& e) { return e.set_primary_key(true); });
      return all;
    }
    case CorrectionKind::unique: {
      const KeyConstraint *stated = stated_key(correction), *built = built_key(correction);
      std::string from = only(stated), to = only(built);
      if ((stated && from.empty()) || (built && to.empty())) return false;
      if (!from.empty() && from != to &&
          !edit_item(from, [](ColumnFactEditor& e) { return e.set_unique(false); }))
        return false;
      return to.empty() || from == to ||
             edit_item(to, [](ColumnFactEditor& e) { return e.set_unique(true); });
    }
    case CorrectionKind::foreign_key: {
      const ForeignKey *stated = stated_foreign_key(correction),
                       *built = built_foreign_key(correction);
      std::string from = only(stated), to = only(built);
      if ((stated && from.empty()) || (built && to.empty())) return false;
      if (built && marks_of(*correction.built, to).foreign_key != built) return false;
      if (!from.empty() && from != to &&
          !edit_item(from, [](ColumnFactEditor& e) { return e.set_reference(nullptr); }))
        return false;
      return to.empty() ||
             edit_item(to, [&](ColumnFactEditor& e) { return e.set_reference(built); });
    }
    case CorrectionKind::check: {
      const CheckConstraint *stated = stated_check(correction), *built = built_check(correction);
      std::string column = stated ? only(stated) : only(built);
      return !column.empty() && edit_item(column, [&](ColumnFactEditor& e) {
        return e.set_check(stated, built, *correction.built);
      });
    }
    default:
      return false;
  }
}

std::string ListRefresh::definition(const Correction& correction) const {
  const SqlWriter& sql = wording_.sql();
  const Relation& relation = *correction.built;
  switch (correction.what) {
    case CorrectionKind::primary_key:
      return relation.primary_key ? sql.key(*relation.primary_key, true) : "";
    case CorrectionKind::unique:
      if (const KeyConstraint* key = built_key(correction)) return sql.key(*key, false);
      return {};
    case CorrectionKind::foreign_key:
      if (const ForeignKey* key = built_foreign_key(correction)) return sql.foreign_key(*key);
      return {};
    case CorrectionKind::check:
      if (const CheckConstraint* check = built_check(correction))
        return sql.check(*check, relation);
      return {};
    case CorrectionKind::index:
      if (const Index* index = built_index(correction)) return sql.index(relation, *index);
      return {};
    default:
      return {};
  }
}

/// `idx_items_line (line)`: the words stay, and the columns become those of the index.
bool ListRefresh::index_words(Item& item, const Correction& correction) {
  const Index* built = built_index(correction);
  const Index* stated = stated_index(correction);
  std::size_t open = item.text.find('(');
  std::optional<std::string_view> inside =
      open == std::string::npos ? std::nullopt : inside_parentheses(item.text, open);
  if (!built || !stated || !inside) return false;
  bool says_method = !stated->method.empty() && stated->method != built->method;
  bool says_unique = stated->unique && *stated->unique != built->unique.value_or(false);
  if (says_method || says_unique || built->predicate.has_value() || !built->include.empty())
    return false;
  std::string keys;
  for (const IndexKey& key : built->keys) {
    if (!key.column || !is_identifier(*key.column) || key.nulls_first) return false;
    keys += (keys.empty() ? "" : ", ") + *key.column + (key.descending ? " DESC" : "");
  }
  item.text.replace(open + 1, inside->size(), keys);
  return item.changed = true;
}

/// A bullet that is a constraint or an index and nothing else.
bool ListRefresh::whole_item(const Correction& correction) {
  if (!correction.is_stated) {
    std::string text = definition(correction);
    // Only a list of such bullets takes another one.
    bool fits = !text.empty() && !items_.empty() &&
                std::all_of(items_.begin(), items_.end(),
                            [](const Item& item) { return item.columns.empty(); });
    if (fits) append(in_code(text));
    return fits;
  }
  Item* item = item_at(correction.at.line);
  if (!item || item->removed) return false;
  if (!correction.is_built) {
    if (!item->columns.empty()) return false;
    item->removed = true;
    return true;
  }
  std::string text = definition(correction);
  std::string& written = item->text;
  std::string folded = fold_case(written);
  std::size_t begin = std::string::npos;
  for (std::string_view word : {std::string_view("constraint "), std::string_view("primary key"),
                                std::string_view("unique"), std::string_view("foreign key"),
                                std::string_view("check"), std::string_view("create ")})
    begin = std::min(begin, folded.find(word));
  if (correction.name_only) {
    std::size_t name = folded.find(fold_case(correction.stated_name));
    if (name == std::string::npos) return false;
    written.replace(name, correction.stated_name.size(), correction.built_name);
    return item->changed = true;
  }
  if (text.empty()) return false;
  if (begin == std::string::npos)
    return correction.what == CorrectionKind::index && index_words(*item, correction);
  std::size_t open = written.find('(', begin);
  std::optional<std::string_view> inside =
      open == std::string::npos ? std::nullopt : inside_parentheses(written, open);
  if (!inside) return false;
  // The longest part that is a constraint; what stands behind it is a remark.
  std::size_t end = open + inside->size() + 2;
  bool code = begin > 0 && written[begin - 1] == '`';
  std::size_t stop = code ? written.find('`', begin) : std::string::npos;
  if (stop != std::string::npos)
    end = stop;
  else
    for (std::size_t longer = written.size(); longer > end; --longer)
      if (parse_constraint(std::string_view(written).substr(begin, longer - begin))) {
        end = longer;
        break;
      }
  written.replace(begin, end - begin, text);
  return item->changed = true;
}

bool ListRefresh::apply(const Correction& correction) {
  if (!correction.built || !correction.stated) return false;
  const Column* built = correction.built->find_column(correction.built_name);
  switch (correction.what) {
    case CorrectionKind::column: {
      if (correction.is_built) return add_column(correction);
      Item* item = find_item(correction.column);
      if (!item || item->columns.size() != 1 || items_.size() < 2) return false;
      item->removed = true;
      return true;
    }
    case CorrectionKind::column_name: {
      Item* item = find_item(correction.column);
      if (!item) return false;
      std::size_t at = item->text.find(correction.column);
      if (at == std::string::npos) return false;
      item->text.replace(at, correction.column.size(), correction.built_name);
      return item->changed = true;
    }
    case CorrectionKind::type:
      return built &&
             edit_item(correction.column, [&](ColumnFactEditor& e) { return e.set_type(*built); });
    case CorrectionKind::nullability:
      return built && built->nullable && edit_item(correction.column, [&](ColumnFactEditor& e) {
               return e.set_nullable(*built->nullable);
             });
    case CorrectionKind::filling:
      return built && edit_item(correction.column,
                                [&](ColumnFactEditor& e) { return e.set_filling(*built); });
    case CorrectionKind::values: {
      const std::vector<std::string> values = built_values(correction, built_);
      return !values.empty() && edit_item(correction.column, [&](ColumnFactEditor& e) {
        return e.set_values(values);
      });
    }
    default:
      return single_column(correction) || whole_item(correction);
  }
}

void ListRefresh::append(const std::string& text) {
  if (items_.empty())
    before_first_.push_back(marker() + text);
  else
    items_.back().followed_by.push_back(marker() + text);
}

void ListRefresh::commit(TextEdits& edits) const {
  if (!before_first_.empty() && !items_.empty())
    edits.insert_before(items_.front().first_line, before_first_);
  for (const Item& item : items_) {
    if (item.removed) {
      for (int line = item.first_line; line <= item.last_line; ++line) edits.remove(line);
    } else if (item.changed) {
      std::vector<std::string> lines = split_lines(item.text);
      int count = item.last_line - item.first_line + 1;
      for (int i = 0; i < count; ++i) {
        if (static_cast<std::size_t>(i) < lines.size())
          edits.replace(item.first_line + i, lines[static_cast<std::size_t>(i)]);
        else
          edits.remove(item.first_line + i);
      }
      for (std::size_t i = static_cast<std::size_t>(count); i < lines.size(); ++i)
        edits.insert_before(item.last_line + 1, {lines[i]});
    }
    if (!item.followed_by.empty()) edits.insert_before(item.last_line + 1, item.followed_by);
  }
}

}  // namespace schemaudit
