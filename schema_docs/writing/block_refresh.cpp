#include "schema_docs/writing/block_refresh.h"

#include <algorithm>
#include <utility>

#include "analyzer/model/names.h"
#include "schema_docs/column_table.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/unicode_text.h"
#include "schema_docs/writing/inventory_refresh.h"
#include "schema_docs/writing/stated_elements.h"
#include "schema_docs/writing/table_row_source.h"

namespace schemaudit {

namespace {

const Block* deepest_at(const std::vector<Block>& blocks, int line) {
  for (const Block& block : blocks) {
    if (line < block.line || line > std::max(block.line, block.end_line)) continue;
    if (block.kind == BlockKind::list) {
      // A fence or a table within a bullet speaks for itself.
      for (const Block& item : block.children)
        if (const Block* inner = deepest_at(item.children, line);
            inner && inner->kind != BlockKind::paragraph)
          return inner;
      return &block;
    }
    if (const Block* inner = deepest_at(block.children, line)) return inner;
    return &block;
  }
  return nullptr;
}

bool is_constraint(CorrectionKind what) {
  return what == CorrectionKind::primary_key || what == CorrectionKind::unique ||
         what == CorrectionKind::foreign_key || what == CorrectionKind::check;
}

/// Where the documents speak of the table's columns.
Origin home_of(const Relation& relation) {
  for (const Column& column : relation.columns)
    if (column.origin.from_file() && column.origin.line > 0) return column.origin;
  return relation.origin;
}

}  // namespace

std::shared_ptr<const MarkdownDocument> parsed_for_refresh(const DocumentText& document) {
  auto parsed = std::make_shared<MarkdownDocument>();
  // What is no UTF-8 was read only around its faults, and is not written over.
  if (!invalid_utf8(document.text)) *parsed = parse_markdown(document.text, {});
  return parsed;
}

BlockRefresh::BlockRefresh(const DocumentText& document,
                           std::shared_ptr<const MarkdownDocument> parsed, const Schema& built,
                           const DocumentStyle& style)
    : document_(document),
      built_(built),
      style_(style),
      parsed_(std::move(parsed)),
      markdown_(*parsed_) {}

const Block* BlockRefresh::block_at(int line) const {
  return deepest_at(markdown_.blocks, line);
}

const Block* BlockRefresh::top_block_at(int line) const {
  for (const Block& block : markdown_.blocks)
    if (line >= block.line && line <= std::max(block.line, block.end_line)) return &block;
  return nullptr;
}

std::vector<const Block*> BlockRefresh::behind(const Block& block) const {
  std::vector<const Block*> blocks;
  bool passed = false;
  for (const Block& other : markdown_.blocks) {
    if (passed) {
      if (other.kind == BlockKind::heading) break;
      blocks.push_back(&other);
    }
    if (block.line >= other.line && block.line <= std::max(other.line, other.end_line))
      passed = true;
  }
  return blocks;
}

bool BlockRefresh::is_sql(const Block& block) {
  if (block.kind != BlockKind::code) return false;
  std::string folded = fold_case(block.literal);
  return block.language == "sql" || block.language == "postgres" ||
         block.language == "postgresql" || block.language == "pgsql" || block.language == "ddl" ||
         (block.language.empty() && folded.find("create ") != std::string::npos);
}

ColumnTableRefresh* BlockRefresh::table(const Block& block) {
  auto found = tables_.find(&block);
  if (found != tables_.end()) return found->second.get();
  std::optional<ColumnTableShape> shape = column_table_shape(block);
  if (!shape) return nullptr;
  return tables_
      .emplace(&block,
               std::make_unique<ColumnTableRefresh>(block, *shape, markdown_.lines, built_, style_))
      .first->second.get();
}

ListRefresh& BlockRefresh::list(const Block& block, const Correction& correction) {
  auto found = lists_.find(&block);
  if (found != lists_.end()) return *found->second;
  const std::string table = correction.stated ? correction.stated->name.name : "";
  return *lists_
              .emplace(&block,
                       std::make_unique<ListRefresh>(block, table, markdown_.lines, built_, style_))
              .first->second;
}

SqlFenceRefresh& BlockRefresh::fence(const Block& block) {
  auto found = fences_.find(&block);
  if (found != fences_.end()) return *found->second;
  return *fences_
              .emplace(&block,
                       std::make_unique<SqlFenceRefresh>(block, built_, style_, markdown_.lines))
              .first->second;
}

DefinitionTableRefresh* BlockRefresh::definitions(const Block& block) {
  auto found = definitions_.find(&block);
  if (found != definitions_.end()) return found->second.get();
  std::optional<DefinitionTableRefresh> refresh =
      block.kind == BlockKind::table ? DefinitionTableRefresh::of(block, markdown_.lines, built_)
                                     : std::nullopt;
  if (!refresh) return nullptr;
  return definitions_.emplace(&block, std::make_unique<DefinitionTableRefresh>(std::move(*refresh)))
      .first->second.get();
}

ConstraintTableRefresh* BlockRefresh::constraints(const Block& block) {
  auto found = constraint_tables_.find(&block);
  if (found != constraint_tables_.end()) return found->second.get();
  Sections sections(document_.uri);
  std::optional<Topic> label;
  for (const Block& other : markdown_.blocks) {
    if (other.line >= block.line) break;
    if (other.kind == BlockKind::heading) sections.enter(other);
    // A label right above speaks for its table: `**Indexes**`.
    label.reset();
    if (other.kind == BlockKind::paragraph)
      if (const Topic said = topic_of(other.inlines.text()); said != Topic::other) label = said;
  }
  const Topic topic = label.value_or(sections.topic());
  std::optional<ConstraintTableRefresh> refresh = ConstraintTableRefresh::of(
      block, topic, markdown_.lines, built_, ColumnWording(built_, style_).sql().wording());
  if (!refresh) return nullptr;
  return constraint_tables_
      .emplace(&block, std::make_unique<ConstraintTableRefresh>(std::move(*refresh)))
      .first->second.get();
}

bool BlockRefresh::apply_at(const Block& block, const Correction& correction) {
  if (block.kind == BlockKind::table) {
    if (DefinitionTableRefresh* rows = definitions(block)) return rows->apply(correction);
    if (ConstraintTableRefresh* rows = constraints(block)) return rows->apply(correction);
    ColumnTableRefresh* rows = table(block);
    return rows && rows->apply(correction);
  }
  if (block.kind == BlockKind::list) return list(block, correction).apply(correction);
  return is_sql(block) && fence(block).apply(correction);
}

/// A page of tbls has a table of constraints and one of indexes.
bool BlockRefresh::apply_definition(const Correction& correction, const Block& home) {
  std::optional<ColumnTableShape> shape =
      home.kind == BlockKind::table ? column_table_shape(home) : std::nullopt;
  if (!shape || !shape->tbls) return false;
  std::string title;
  for (const Block& block : markdown_.blocks) {
    if (block.kind == BlockKind::heading) title = fold_case(trim(block.inlines.text()));
    bool wanted =
        correction.what == CorrectionKind::index ? title == "indexes" : title == "constraints";
    if (block.kind != BlockKind::table || !wanted || block.line < home.line) continue;
    DefinitionTableRefresh* rows = definitions(block);
    return rows && rows->apply(correction);
  }
  return false;
}

/// What the block itself has no place for stands in its section: among constraints or SQL that
/// are there, or in a list or a fence of their own.
bool BlockRefresh::add_beside(const Block& home, const Correction& correction) {
  const ColumnWording wording(built_, style_);
  const SqlWriter& sql = wording.sql();
  if (correction.what == CorrectionKind::index) {
    for (const Block* block : behind(home))
      if (is_sql(*block)) return fence(*block).apply(correction);
    const Index* index = built_index(correction);
    if (!index) return false;
    statements_beside_[&home].push_back(sql.index(*correction.built, *index) + ";");
    return true;
  }
  if (!is_constraint(correction.what) || home.kind == BlockKind::code) return false;
  for (const Block* block : behind(home))
    if (block->kind == BlockKind::list && list(*block, correction).apply(correction)) return true;
  std::optional<DefinitionRow> row = definition_row(correction, sql);
  if (!row) return false;
  constraints_beside_[&home].push_back(row->definition);
  return true;
}

/// What the place cannot hold any more (a key that is of several columns now) goes from there, and
/// comes where such things stand.
bool BlockRefresh::replace_elsewhere(const Block& block, const Correction& correction) {
  Correction gone = correction, added = correction;
  gone.is_built = false;
  added.is_stated = false;
  if (!correction.stated || !apply_at(block, gone)) return false;
  const Origin at = home_of(*correction.stated);
  const Block* home = at.uri == document_.uri ? block_at(at.line) : nullptr;
  if (!home) home = &block;
  return apply_definition(added, *home) || apply_at(*home, added) || add_beside(*home, added);
}

bool BlockRefresh::apply(const Correction& correction) {
  Origin at = correction.at;
  if (!correction.is_stated && correction.stated) at = home_of(*correction.stated);
  if (!correction.is_stated && correction.what == CorrectionKind::index && correction.stated)
    for (const Index& index : correction.stated->indexes)
      if (index.origin.uri == document_.uri && index.origin.line > 0) at = index.origin;
  if (at.uri != document_.uri) return false;
  const Block* block = block_at(at.line);
  if (!block) return false;
  const bool definition =
      is_constraint(correction.what) || correction.what == CorrectionKind::index;
  if (!correction.is_stated && definition && apply_definition(correction, *block)) return true;
  if (apply_at(*block, correction)) return true;
  if (is_constraint(correction.what) && correction.is_stated && correction.is_built &&
      !correction.name_only)
    return replace_elsewhere(*block, correction);
  return !correction.is_stated && definition && add_beside(*block, correction);
}

void BlockRefresh::insert_section(int line, const std::vector<std::string>& section) {
  std::vector<std::string>& lines = sections_[line];
  const int count = static_cast<int>(markdown_.lines.size());
  auto blank = [&](int number) {
    return number < 1 || number > count ||
           trim(markdown_.lines[static_cast<std::size_t>(number) - 1]).empty();
  };
  // One blank line before each, and one behind the last where text follows right away.
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  if (!lines.empty() || !blank(line - 1)) lines.emplace_back();
  lines.insert(lines.end(), section.begin(), section.end());
  if (line <= count && !blank(line)) lines.emplace_back();
}

bool BlockRefresh::append_statements(int line, const std::vector<std::string>& statements) {
  const Block* block = block_at(line);
  if (!block || !is_sql(*block)) return false;
  fence(*block).append(statements);
  return true;
}

void BlockRefresh::refresh_inventory(const std::vector<const Relation*>& added) {
  for (const Block& block : markdown_.blocks)
    if (block.kind == BlockKind::table)
      refresh_inventory_table(block, markdown_.lines, built_, added, edits_);
}

int BlockRefresh::end_of_section(const Block& heading) const {
  return end_before_heading(heading, heading.level);
}

int BlockRefresh::end_of_own_text(const Block& heading) const {
  constexpr int kDeepest = 6;
  return end_before_heading(heading, kDeepest);
}

int BlockRefresh::end_before_heading(const Block& heading, int deepest) const {
  const Block* last = &heading;
  bool inside = false;
  for (const Block& block : markdown_.blocks) {
    if (&block == &heading) {
      inside = true;
      continue;
    }
    if (!inside) continue;
    if (block.kind == BlockKind::heading && block.level <= deepest) break;
    if (block.kind != BlockKind::rule) last = &block;
  }
  int line = std::max(last->line, last->end_line);
  while (line > last->line && line <= static_cast<int>(markdown_.lines.size()) &&
         trim(markdown_.lines[static_cast<std::size_t>(line) - 1]).empty())
    --line;
  return line;
}

std::string BlockRefresh::text() const {
  TextEdits edits = edits_;
  for (const auto& [block, refresh] : tables_) refresh->commit(edits);
  for (const auto& [block, refresh] : lists_) refresh->commit(edits);
  for (const auto& [block, refresh] : definitions_) refresh->commit(edits);
  for (const auto& [block, refresh] : constraint_tables_) refresh->commit(edits);
  for (const auto& [block, refresh] : fences_) refresh->commit(edits, markdown_.lines);
  std::vector<const Block*> homes;
  for (const auto& [block, lines] : constraints_beside_) homes.push_back(block);
  for (const auto& [block, lines] : statements_beside_)
    if (!constraints_beside_.count(block)) homes.push_back(block);
  for (const Block* home : homes) {
    const Block* top = top_block_at(home->line);
    const int line = std::max(top ? top->end_line : home->end_line, home->end_line) + 1;
    std::vector<std::string> lines;
    if (auto found = constraints_beside_.find(home); found != constraints_beside_.end()) {
      lines.insert(lines.end(), {"", "**Constraints**", ""});
      for (const std::string& constraint : found->second)
        lines.push_back(style_.list.bullet + in_code(constraint));
    }
    if (auto found = statements_beside_.find(home); found != statements_beside_.end()) {
      lines.insert(lines.end(), {"", "```" + style_.fence_language});
      lines.insert(lines.end(), found->second.begin(), found->second.end());
      lines.emplace_back("```");
    }
    edits.insert_before(line, lines);
  }
  for (const auto& [line, lines] : sections_) edits.insert_before(line, lines);
  return edits.apply(document_.text);
}

}  // namespace schemaudit
