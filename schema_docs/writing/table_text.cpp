#include "schema_docs/writing/table_text.h"

#include <algorithm>

#include "analyzer/model/names.h"
#include "schema_docs/markdown.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/table_names.h"
#include "schema_docs/unicode_text.h"
#include "schema_docs/writing/column_wording.h"
#include "schema_docs/writing/definition_table_refresh.h"
#include "schema_docs/writing/reading_back.h"
#include "schema_docs/writing/table_row_source.h"

namespace schemaudit {

namespace {

constexpr std::size_t kLineWidth = 100;

void add_block(std::vector<std::string>& lines, const std::vector<std::string>& block) {
  if (block.empty()) return;
  if (!lines.empty() && !lines.back().empty()) lines.emplace_back();
  lines.insert(lines.end(), block.begin(), block.end());
}

/// A comment as paragraphs, wrapped as people wrap prose.
std::vector<std::string> paragraphs(std::string_view comment) {
  std::vector<std::string> lines;
  std::string line;
  std::string text(comment);
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  auto flush = [&] {
    if (!line.empty()) lines.push_back(line);
    line.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\n') {
      flush();
      std::size_t next = text.find_first_not_of('\n', at);
      if (next != at + 1 && next != std::string::npos) lines.emplace_back();
      at = next == std::string::npos ? text.size() : next;
      continue;
    }
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    std::string word = text.substr(at, end - at);
    if (!line.empty() && count_code_points(line) + 1 + count_code_points(word) > kLineWidth)
      flush();
    line += (line.empty() ? "" : " ") + word;
    at = end;
  }
  flush();
  return lines;
}

std::string row_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                   const ColumnTableStyle& style) {
  std::string row = style.opens ? "|" : "";
  for (std::size_t c = 0; c < cells.size(); ++c) {
    bool last = c + 1 == cells.size();
    std::string cell = (c == 0 && !style.opens ? "" : " ") + cells[c];
    std::size_t used = count_code_points(cells[c]);
    if (c < widths.size() && widths[c] > used && !(last && !style.closes))
      cell += std::string(widths[c] - used, ' ');
    bool narrow = cells[c].empty() && widths.empty() && !style.wide_empty;
    if (!(last && !style.closes) && !narrow) cell += " ";
    row += cell;
    if (!last || style.closes) row += "|";
  }
  while (!style.closes && row.ends_with(' ')) row.pop_back();
  return row;
}

std::string rule_cell(std::string_view rule, std::size_t width) {
  if (width <= rule.size()) return std::string(rule);
  bool right = rule.ends_with(':');
  std::string longer(rule.substr(0, rule.size() - (right ? 1 : 0)));
  longer.resize(width - (right ? 1 : 0), '-');
  return longer + (right ? ":" : "");
}

std::string wrapped(std::string_view text, bool code) {
  return code ? in_code(text) : std::string(text);
}

}  // namespace

TableText::TableText(const Schema& schema, const DocumentStyle& style)
    : schema_(schema), style_(style) {
  // What the others leave out nobody knows of this one yet.
  style_.words.says_nullability = style_.words.says_filling = true;
}

std::string TableText::name_of(const Relation& relation) const {
  SqlWording wording;
  wording.qualified = style_.heading.qualified;
  std::string name = SqlWriter(schema_, wording).name(relation.name);
  // Only what is no identifier needs quotes in a heading.
  if (is_identifier(relation.name.name)) {
    std::size_t quote = name.find('"');
    if (quote != std::string::npos && name.find('"', quote + 1) + 1 == name.size())
      name = name.substr(0, quote) + relation.name.name;
  }
  if (!style_.heading.upper) return name;
  for (char& c : name)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return name;
}

std::string TableText::heading(const Relation& relation, const std::string& number) const {
  const HeadingStyle& style = style_.heading;
  const std::string marks(static_cast<std::size_t>(std::max(1, style.level)), '#');
  const std::string name = name_of(relation);
  auto line = [&](bool code) {
    return marks + " " + (style.numbered ? number : "") + style.before + wrapped(name, code) +
           style.after;
  };
  auto names_it = [&](const std::string& text) {
    MarkdownDocument document = parse_markdown(text + "\n", {});
    if (document.blocks.empty() || document.blocks[0].kind != BlockKind::heading) return false;
    std::optional<NamedTable> named = table_named_by(document.blocks[0].inlines);
    return named && fold_case(named->name.name) == fold_case(relation.name.name);
  };
  for (bool code : {style.in_code, true})
    if (std::string text = line(code); names_it(text)) return text;
  return marks + " " + in_code(name);
}

std::vector<std::string> TableText::types(const SectionOptions& options) const {
  std::vector<std::string> statements;
  SqlWriter writer(schema_, style_.sql);
  for (const EnumType* type : options.enums) statements.push_back(writer.enumeration(*type) + ";");
  for (const Domain* type : options.domains) statements.push_back(writer.domain(*type) + ";");
  return statements;
}

void TableText::column_table(const Relation& relation, bool comments,
                             std::vector<std::string>& lines) const {
  const ColumnTableStyle& style = style_.table;
  const ColumnWording wording(schema_, style_);
  std::vector<std::vector<std::string>> rows;
  for (const Column& column : relation.columns)
    rows.push_back(wording.cells(relation, column, comments));
  std::vector<std::size_t> widths;
  if (style.lined_up)
    for (std::size_t c = 0; c < style.header.size(); ++c) {
      std::size_t width = std::max<std::size_t>(3, count_code_points(style.header[c]));
      for (const std::vector<std::string>& row : rows)
        width = std::max(width, count_code_points(row[c]));
      widths.push_back(width);
    }
  std::vector<std::string> block;
  block.push_back(row_of(style.header, widths, style));
  std::vector<std::string> rule;
  bool spaced = style_.learned && !style.lined_up && style.rule.size() == style.header.size();
  for (std::size_t c = 0; c < style.rule.size(); ++c)
    rule.push_back(style.lined_up ? rule_cell(style.rule[c], widths[c]) : style.rule[c]);
  if (spaced && style.rule_spaced) {
    block.push_back(row_of(rule, {}, style));
  } else if (style.lined_up) {
    block.push_back(row_of(rule, widths, style));
  } else {
    std::string text = style.opens ? "|" : "";
    for (std::size_t c = 0; c < rule.size(); ++c)
      text += rule[c] + (c + 1 < rule.size() || style.closes ? "|" : "");
    block.push_back(text);
  }
  for (const std::vector<std::string>& row : rows) block.push_back(row_of(row, widths, style));
  add_block(lines, block);
}

std::vector<std::string> TableText::further_constraints(const Relation& relation,
                                                        DocumentForm form) const {
  const ColumnWording wording(schema_, style_);
  const SqlWriter& writer = wording.sql();
  const bool cells = form == DocumentForm::column_table;
  auto has_place = [&](PhraseKind kind, CellRole role) {
    return !cells || wording.cell_of(role).has_value() || wording.cell_of(kind).has_value();
  };
  std::vector<std::string> further;
  if (relation.primary_key) {
    const KeyConstraint& key = *relation.primary_key;
    bool said = has_place(PhraseKind::primary_key, CellRole::primary_key) &&
                !key.deferrable.value_or(false) && (cells || key.columns.size() == 1);
    if (!said) further.push_back(writer.key(key, true));
  }
  for (const KeyConstraint& key : relation.unique_constraints) {
    bool said = key.columns.size() == 1 && marks_of(relation, key.columns[0]).unique &&
                !key.deferrable.value_or(false) && key.include.empty() && !key.nulls_not_distinct &&
                has_place(PhraseKind::unique, CellRole::unique);
    if (!said)
      further.push_back(
          writer.constraint_name(key.name, default_constraint_name(relation, key.columns, "key")) +
          writer.key(key, false));
  }
  for (const ForeignKey& key : relation.foreign_keys) {
    if (key.inherited) continue;
    bool said = key.columns.size() == 1 && marks_of(relation, key.columns[0]).foreign_key == &key &&
                has_place(PhraseKind::reference, CellRole::foreign_key);
    if (!said)
      further.push_back(
          writer.constraint_name(key.name, default_constraint_name(relation, key.columns, "fkey")) +
          writer.foreign_key(key));
  }
  for (const CheckConstraint& check : relation.checks) {
    bool said =
        cells && check.columns.size() == 1 && has_place(PhraseKind::check, CellRole::constraints);
    if (said) {
      const ColumnMarks marks = marks_of(relation, check.columns[0]);
      said = std::find(marks.checks.begin(), marks.checks.end(), &check) != marks.checks.end();
    }
    if (said) continue;
    std::string ending = check.columns.size() == 1 ? check.columns[0] + "_check" : "check";
    further.push_back(
        writer.constraint_name(check.name, default_constraint_name(relation, {}, ending)) +
        writer.check(check, relation));
  }
  for (const ExclusionConstraint& exclusion : relation.exclusions)
    further.push_back(writer.constraint_name(exclusion.name, {}) + writer.exclusion(exclusion));
  return further;
}

void TableText::list(const Relation& relation, bool comments,
                     std::vector<std::string>& lines) const {
  const ColumnWording wording(schema_, style_);
  std::vector<std::string> block;
  for (const Column& column : relation.columns)
    block.push_back(style_.list.bullet + wording.bullet(relation, column, comments));
  add_block(lines, block);
}

void TableText::definitions(const Relation& relation, std::vector<std::string>& lines) const {
  const SqlWriter writer = definition_writer(schema_);
  const std::string marks(static_cast<std::size_t>(style_.heading.level) + 1, '#');
  std::vector<DefinitionRow> constraints = constraint_rows(relation, writer);
  if (!constraints.empty()) {
    std::vector<std::string> block = {"| Name | Type | Definition |",
                                      "| ---- | ---- | ---------- |"};
    for (const DefinitionRow& row : constraints)
      block.push_back("| " + cell_text(row.name) + " | " + row.type + " | " +
                      cell_text(row.definition) + " |");
    add_block(lines, {marks + " Constraints"});
    add_block(lines, block);
  }
  std::vector<DefinitionRow> indexes = index_rows(relation, writer);
  if (!indexes.empty()) {
    std::vector<std::string> block = {"| Name | Definition |", "| ---- | ---------- |"};
    for (const DefinitionRow& row : indexes)
      block.push_back("| " + cell_text(row.name) + " | " + cell_text(row.definition) + " |");
    add_block(lines, {marks + " Indexes"});
    add_block(lines, block);
  }
  if (!relation.triggers.empty()) {
    std::vector<std::string> block = {"| Name | Definition |", "| ---- | ---------- |"};
    for (const Trigger& trigger : relation.triggers)
      if (!trigger.inherited)
        block.push_back("| " + cell_text(trigger.name) + " | " +
                        cell_text(writer.trigger(relation, trigger)) + " |");
    add_block(lines, {marks + " Triggers"});
    add_block(lines, block);
  }
}

std::vector<std::string> TableText::statements(const Relation& relation,
                                               const SectionOptions& options) const {
  const SqlWriter sql(schema_, style_.sql);
  std::vector<std::string> lines = {""};
  for (const std::string& statement : types(options)) add_block(lines, {statement});
  add_block(lines, sql.create_table(relation, false));
  std::vector<std::string> indexes;
  for (const Index* index : plain_indexes(relation))
    indexes.push_back(sql.index(relation, *index) + ";");
  add_block(lines, indexes);
  return lines;
}

std::vector<std::string> TableText::write(const Relation& relation, const SectionOptions& options,
                                          DocumentForm form, Comments comments) const {
  const bool is_there = !options.under.empty();
  std::vector<std::string> lines = options.under;
  if (!is_there) lines = {heading(relation, options.number)};
  const bool in_place = comments == Comments::in_place;
  const bool tbls = form == DocumentForm::tbls;
  const std::string marks(static_cast<std::size_t>(style_.heading.level) + 1, '#');
  // Where a person has written, the table has its description.
  if (in_place && relation.comment.has_value() && !is_there) {
    if (tbls) add_block(lines, {marks + " Description"});
    add_block(lines, paragraphs(as_plain_text(relation.comment.value())));
  }
  std::vector<std::string> statements = types(options);
  const SqlWriter sql(schema_, style_.sql);
  if (form == DocumentForm::sql) {
    std::vector<std::string> fence = {"```" + style_.fence_language};
    for (const std::string& statement : statements) {
      fence.push_back(statement);
      fence.emplace_back();
    }
    for (std::string& line : sql.create_table(relation, in_place)) fence.push_back(std::move(line));
    std::vector<std::string> indexes;
    for (const Index* index : plain_indexes(relation))
      indexes.push_back(sql.index(relation, *index) + ";");
    add_block(fence, indexes);
    if (comments == Comments::as_statements) add_block(fence, sql.comments_on(relation));
    fence.emplace_back("```");
    add_block(lines, fence);
    return lines;
  }
  if (tbls) add_block(lines, {marks + " Columns"});
  if (form == DocumentForm::list)
    list(relation, in_place, lines);
  else
    column_table(relation, in_place, lines);
  if (tbls) {
    definitions(relation, lines);
  } else {
    std::vector<std::string> block;
    for (const std::string& constraint : further_constraints(relation, form))
      block.push_back(style_.list.bullet + in_code(constraint));
    if (!block.empty()) {
      add_block(lines, {"**Constraints**"});
      add_block(lines, block);
    }
    if (relation.partition_key)
      add_block(lines, {"Partition key: `" + relation.partition_key->text + "`"});
    for (const Index* index : plain_indexes(relation))
      statements.push_back(sql.index(relation, *index) + ";");
  }
  if (comments == Comments::as_statements)
    for (std::string& statement : sql.comments_on(relation))
      statements.push_back(std::move(statement));
  if (!statements.empty()) {
    statements.insert(statements.begin(), "```" + style_.fence_language);
    statements.emplace_back("```");
    add_block(lines, statements);
  }
  return lines;
}

WrittenSection TableText::section(const Relation& relation, const SectionOptions& options) const {
  std::vector<DocumentForm> forms = {style_.form};
  if (style_.form != DocumentForm::column_table && style_.form != DocumentForm::sql)
    forms.push_back(DocumentForm::column_table);
  if (style_.form != DocumentForm::sql) forms.push_back(DocumentForm::sql);
  // The reader always divides facts from a sentence at a semicolon, at other marks not always.
  DocumentStyle divided = style_;
  divided.words.before_prose = "; ";
  const TableText with_semicolons(schema_, divided);

  WrittenSection best;
  std::size_t fewest = std::string::npos;
  auto take = [&](const TableText& writer, DocumentForm form, Comments comments) {
    std::vector<std::string> lines = writer.write(relation, options, form, comments);
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    ReadBack read = read_back(options.uri, text, relation, schema_);
    // A constraint that is not said would be a disagreement; what a style never says is none.
    std::vector<std::string> wrong = read.wrong;
    for (const std::string& unsaid : read.unsaid)
      if (unsaid.find(" of ") == std::string::npos && !unsaid.starts_with("what fills"))
        wrong.push_back(unsaid);
    if (wrong.size() >= fewest) return false;
    fewest = wrong.size();
    best = {std::move(lines), form, std::move(wrong)};
    return fewest == 0;
  };
  for (DocumentForm form : forms) {
    if (take(*this, form, Comments::in_place)) return best;
    if (relation.comment.has_value() || form != DocumentForm::sql)
      if (take(with_semicolons, form, Comments::in_place)) return best;
    for (Comments comments : {Comments::as_statements, Comments::none})
      if (take(*this, form, comments)) return best;
  }
  return best;
}

}  // namespace schemaudit
