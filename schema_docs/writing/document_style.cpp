#include "schema_docs/writing/document_style.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "analyzer/model/names.h"
#include "schema_docs/markdown.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/table_names.h"
#include "schema_docs/writing/heading_text.h"
#include "schema_docs/writing/style_votes.h"

namespace schemaudit {

namespace {

/// A document that was parsed, with the tables it describes whole.
struct Exemplar {
  std::string uri;
  MarkdownDocument markdown;
  std::vector<TableReading> tables;
};

std::optional<DocumentForm> form_of(const std::string& form) {
  if (form == "sql") return DocumentForm::sql;
  if (form == "column table") return DocumentForm::column_table;
  if (form == "list") return DocumentForm::list;
  if (form == "tbls") return DocumentForm::tbls;
  return std::nullopt;
}

const Block* heading_of(const MarkdownDocument& markdown, const TableReading& table) {
  const Block* found = nullptr;
  for (const Block& block : markdown.blocks) {
    if (block.kind != BlockKind::heading || block.line > table.origin.line) continue;
    std::optional<NamedTable> named = table_named_by(block.inlines);
    if (named && snake_key(named->name.name) == snake_key(table.table.name)) found = &block;
  }
  return found;
}

/// Fills in what both files and headings do to a name: `Users`, `public.users`, `order-lines`.
bool find_name(const std::string& written, const QualifiedName& table, bool dashes_too,
               std::size_t& begin, std::size_t& end, bool& upper, bool& qualified, bool& dashes) {
  std::string folded = fold_case(written), name = fold_case(table.name);
  dashes = false;
  std::size_t at = folded.rfind(name);
  if (at == std::string::npos && dashes_too) {
    std::replace(name.begin(), name.end(), '_', '-');
    at = folded.rfind(name);
    dashes = at != std::string::npos;
  }
  if (at == std::string::npos) return false;
  begin = at;
  end = at + name.size();
  std::string_view found = std::string_view(written).substr(begin, name.size());
  upper = std::none_of(found.begin(), found.end(), [](char c) { return c >= 'a' && c <= 'z'; }) &&
          std::any_of(found.begin(), found.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  qualified = false;
  if (begin > 1 && written[begin - 1] == '.') {
    std::size_t schema = begin - 1;
    while (schema > 0 && (std::isalnum(static_cast<unsigned char>(written[schema - 1])) ||
                          written[schema - 1] == '_'))
      --schema;
    qualified = schema + 1 < begin;
    if (qualified) begin = schema;
  }
  return true;
}

std::string key_of(const HeadingStyle& h) {
  return std::to_string(h.level) + "\n" + h.before + "\n" + h.after + "\n" +
         (h.in_code ? "c" : "") + (h.numbered ? "n" : "") + (h.upper ? "u" : "") +
         (h.qualified ? "q" : "");
}

std::optional<HeadingStyle> heading_style(const Block& heading, const QualifiedName& table,
                                          const std::vector<std::string>& lines) {
  HeadingStyle style;
  style.level = heading.level;
  std::string title = heading_title(lines[static_cast<std::size_t>(heading.line) - 1]);
  std::size_t number = heading_number_length(title);
  style.numbered = number > 0;
  title.erase(0, number);
  std::size_t begin = 0, end = 0;
  bool dashes = false;
  if (!find_name(title, table, false, begin, end, style.upper, style.qualified, dashes))
    return std::nullopt;
  style.in_code = begin > 0 && title[begin - 1] == '`' && end < title.size() && title[end] == '`';
  style.before = title.substr(0, begin - (style.in_code ? 1 : 0));
  style.after = title.substr(end + (style.in_code ? 1 : 0));
  // `users (core)`, `users - who may log in`: of that one table.
  if (!style.after.empty() && !table_named_by("some_table" + style.after)) style.after.clear();
  std::string_view after = trim(style.after);
  if (!after.empty() && (after.front() == '(' || after.front() == '-' || after.front() == ':' ||
                         static_cast<unsigned char>(after.front()) >= 0x80))
    style.after.clear();
  return style;
}

std::optional<FileStyle> file_style(const std::string& uri, const QualifiedName& table) {
  FileStyle style;
  std::size_t slash = uri.rfind('/');
  style.folder = slash == std::string::npos ? "" : uri.substr(0, slash);
  std::string file = slash == std::string::npos ? uri : uri.substr(slash + 1);
  std::size_t begin = 0, end = 0;
  if (!find_name(file, table, true, begin, end, style.upper, style.qualified, style.dashes))
    return std::nullopt;
  style.before = file.substr(0, begin);
  style.after = file.substr(end);
  return style;
}

std::string key_of(const FileStyle& f) {
  return f.folder + "\n" + f.before + "\n" + f.after + "\n" + (f.upper ? "u" : "") +
         (f.dashes ? "d" : "") + (f.qualified ? "q" : "");
}

const Block* block_at(const std::vector<Block>& blocks, BlockKind kind, int line) {
  for (const Block& block : blocks) {
    if (line < block.line || line > std::max(block.end_line, block.line)) continue;
    if (block.kind == kind) return &block;
    if (const Block* inner = block_at(block.children, kind, line)) return inner;
  }
  return nullptr;
}

void count_block(const Exemplar& document, const TableReading& table, StyleVotes& votes,
                 int weight) {
  if (const Block* block = block_at(document.markdown.blocks, BlockKind::table, table.origin.line))
    if (std::optional<ColumnTableShape> shape = column_table_shape(*block))
      votes.column_table(*block, *shape, document.markdown.lines, weight);
  if (const Block* block = block_at(document.markdown.blocks, BlockKind::list, table.origin.line))
    votes.list(*block, document.markdown.lines, weight);
  if (const Block* block = block_at(document.markdown.blocks, BlockKind::code, table.origin.line))
    votes.sql(*block, weight);
}

void learn_layout(const std::vector<Exemplar>& documents, DocumentStyle& style) {
  std::size_t alone = 0, most = 0;
  Votes files;
  std::map<std::string, FileStyle> file_styles;
  for (const Exemplar& document : documents) {
    std::vector<std::string> names;
    for (const TableReading& table : document.tables) names.push_back(to_string(table.table));
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (names.size() == 1) {
      const QualifiedName& name = document.tables.front().table;
      if (std::optional<FileStyle> file = file_style(document.uri, name)) {
        ++alone;
        files.add(key_of(*file));
        file_styles.emplace(key_of(*file), *file);
      }
    }
    if (names.size() > most) {
      most = names.size();
      style.sections_in = document.uri;
    }
  }
  // One file for a single table teaches little against a document with several.
  style.file_per_table = alone > 0 && (alone >= most || alone > 2);
  if (style.file_per_table) style.file = file_styles[files.winner("")];
}

}  // namespace

std::string_view to_string(DocumentForm form) {
  switch (form) {
    case DocumentForm::column_table:
      return "table";
    case DocumentForm::list:
      return "bullets";
    case DocumentForm::sql:
      return "sql";
    case DocumentForm::tbls:
      return "tbls";
  }
  return "table";
}

DocumentStyle default_style(DocumentForm form) {
  DocumentStyle style;
  style.form = form;
  style.file.folder = "docs/schema";
  style.table.header = {"Column", "Type", "Null", "Default", "Constraints", "Description"};
  style.table.rule.assign(style.table.header.size(), "---");
  style.table.roles = {CellRole::name,          CellRole::type,        CellRole::nullable,
                       CellRole::default_value, CellRole::constraints, CellRole::description};
  style.table.no_default = "none";
  if (form == DocumentForm::list) {
    style.words.nullable = "nullable";
    style.words.primary_key = "primary key";
    style.words.reference = {"foreign key to `", "`", ReferenceWording::Target::column};
  }
  style.sql.types = style.words.types;
  return style;
}

namespace {

/// Whole lines, and as many as tell a style.
std::string_view beginning_of(std::string_view text) {
  constexpr std::size_t kEnough = 512U << 10U;
  return text.size() <= kEnough ? text : text.substr(0, text.rfind('\n', kEnough) + 1);
}

}  // namespace

DocumentStyle learn_style(const std::vector<DocumentText>& documents, const SourceResult& read) {
  std::vector<Exemplar> exemplars;
  std::map<DocumentForm, std::size_t> forms;
  for (const DocumentReading& reading : read.documents) {
    if (reading.state != DocumentState::current) continue;
    auto document = std::find_if(documents.begin(), documents.end(),
                                 [&](const DocumentText& d) { return d.uri == reading.uri; });
    if (document == documents.end()) continue;
    Exemplar exemplar;
    exemplar.uri = reading.uri;
    for (const TableReading& table : reading.tables)
      if (table.complete && table.origin.uri == reading.uri && form_of(table.form))
        exemplar.tables.push_back(table);
    if (exemplar.tables.empty()) continue;
    for (const TableReading& table : exemplar.tables) ++forms[*form_of(table.form)];
    const std::string_view text = beginning_of(document->text);
    exemplar.markdown = parse_markdown(text, {});
    const auto lines = std::count(text.begin(), text.end(), '\n');
    std::erase_if(exemplar.tables,
                  [&](const TableReading& table) { return table.origin.line > lines + 1; });
    if (exemplar.tables.empty()) continue;
    exemplars.push_back(std::move(exemplar));
  }
  if (exemplars.empty()) return default_style(DocumentForm::column_table);

  DocumentForm form = forms.begin()->first;
  for (const auto& [one, count] : forms)
    if (count > forms[form]) form = one;
  DocumentStyle style = default_style(form);
  style.learned = true;
  style.words.nullable.clear();
  style.words.says_nullability = style.words.says_filling = false;
  style.table.no_default.clear();
  StyleVotes votes;
  Votes headings;
  std::map<std::string, HeadingStyle> heading_styles;
  for (const Exemplar& exemplar : exemplars) {
    for (const TableReading& table : exemplar.tables) {
      // What is written in the form that most have counts more than what is not.
      count_block(exemplar, table, votes, *form_of(table.form) == form ? 3 : 1);
      const Block* heading = heading_of(exemplar.markdown, table);
      std::optional<HeadingStyle> shape =
          heading ? heading_style(*heading, table.table, exemplar.markdown.lines) : std::nullopt;
      if (!shape) continue;
      headings.add(key_of(*shape));
      heading_styles.emplace(key_of(*shape), *shape);
    }
  }
  votes.settle(style);
  learn_layout(exemplars, style);
  if (!headings.empty())
    style.heading = heading_styles[headings.winner("")];
  else if (!style.file_per_table)
    style.heading.level = 2;
  return style;
}

DocumentStyle style_of_block(const DocumentStyle& style, const Block& block,
                             const std::vector<std::string>& lines) {
  DocumentStyle local = style;
  StyleVotes votes;
  if (block.kind == BlockKind::table) {
    if (std::optional<ColumnTableShape> shape = column_table_shape(block))
      votes.column_table(block, *shape, lines, 1);
    // Where a fact stands elsewhere in other documents says nothing of this table's columns.
    std::erase_if(local.table.where, [&](const auto& entry) {
      std::optional<ColumnTableShape> shape = column_table_shape(block);
      return !shape || std::find(shape->roles.begin(), shape->roles.end(), entry.second) ==
                           shape->roles.end();
    });
  }
  if (block.kind == BlockKind::list) votes.list(block, lines, 1);
  if (block.kind == BlockKind::code) votes.sql(block, 1);
  votes.settle(local);
  return local;
}

}  // namespace schemaudit
