#include "schema_docs/writing/document_refresh.h"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <set>

#include "analyzer/model/names.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/sections.h"
#include "schema_docs/table_names.h"
#include "schema_docs/unicode_text.h"
#include "schema_docs/writing/block_refresh.h"
#include "schema_docs/writing/heading_text.h"
#include "schema_docs/writing/new_tables.h"
#include "schema_docs/writing/table_text.h"

namespace schemaudit {

namespace {

bool is_refreshed(DocumentState state) {
  return state == DocumentState::current;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

class Refresh {
 public:
  explicit Refresh(const RefreshInput& input) : input_(input) {
    for (const DocumentText& document : input.documents)
      if (is_refreshed(document.state)) documents_[document.uri].document = &document;
  }

  RefreshPlan run() {
    std::vector<std::size_t> tables;
    for (std::size_t i = 0; i < input_.corrections.size(); ++i) {
      const Correction& correction = input_.corrections[i];
      bool is_new = correction.what == CorrectionKind::table && !correction.is_stated;
      if (is_new)
        tables.push_back(i);
      else if (correction.what == CorrectionKind::table || !apply(correction, i))
        plan_.open.push_back(i);
    }
    add_tables(tables);
    for (auto& [uri, entry] : documents_)
      if (entry.document) editor(entry).refresh_inventory(added_);
    for (auto& [uri, entry] : documents_) finish(uri, entry);
    return std::move(plan_);
  }

 private:
  struct Entry {
    /// nullptr for a document that is to be.
    const DocumentText* document = nullptr;
    std::unique_ptr<BlockRefresh> editor;
    std::vector<std::string> new_lines;
    std::vector<std::size_t> corrections;
  };

  BlockRefresh& editor(Entry& entry) {
    if (entry.editor) return *entry.editor;
    const DocumentText& document = *entry.document;
    std::shared_ptr<const MarkdownDocument> parsed;
    if (input_.parsed) parsed = (*input_.parsed)[document.uri];
    if (!parsed) parsed = parsed_for_refresh(document);
    if (input_.parsed) (*input_.parsed)[document.uri] = parsed;
    entry.editor =
        std::make_unique<BlockRefresh>(document, std::move(parsed), input_.built, input_.style);
    return *entry.editor;
  }

  bool apply(const Correction& correction, std::size_t index) {
    for (auto& [uri, entry] : documents_) {
      if (!entry.document || !editor(entry).apply(correction)) continue;
      entry.corrections.push_back(index);
      return true;
    }
    return false;
  }

  void finish(const std::string& uri, Entry& entry) {
    if (!entry.document) {
      if (entry.new_lines.empty()) return;
      plan_.changes.push_back({uri, joined(entry.new_lines), true, entry.corrections});
      return;
    }
    if (!entry.editor || invalid_utf8(entry.document->text)) return;
    std::string text = entry.editor->text();
    if (text != entry.document->text)
      plan_.changes.push_back({uri, std::move(text), false, entry.corrections});
  }

  void add_tables(const std::vector<std::size_t>& indexes) {
    std::vector<const Relation*> tables;
    std::map<const Relation*, std::size_t> index_of;
    for (std::size_t index : indexes) {
      const Relation* table = input_.corrections[index].built;
      tables.push_back(table);
      index_of[table] = index;
    }
    tables = in_order(std::move(tables));
    std::map<const Relation*, SectionOptions> options =
        types_to_state(tables, input_.built, input_.read.schema);
    const TableText writer(input_.built, input_.style);
    for (const Relation* table : tables) {
      const std::size_t index = index_of[table];
      const std::optional<NamedSection> there = section_named_after(*table);
      bool placed = there ? add_below(writer, *table, options[table], index, *there)
                    : input_.style.file_per_table
                        ? add_file(writer, *table, options[table], index)
                        : add_to_document(writer, *table, options[table], index);
      if (placed)
        added_.push_back(table);
      else
        plan_.open.push_back(index);
    }
  }

  bool add_file(const TableText& writer, const Relation& table, SectionOptions options,
                std::size_t index) {
    std::string uri;
    for (bool with_schema : {false, true}) {
      uri = file_of(table, input_.style, with_schema);
      bool taken = documents_.count(uri) > 0 || (input_.is_taken && input_.is_taken(uri));
      if (!taken) break;
      // A file of that name that is one of the documents gets the table as a section.
      if (with_schema) {
        uri = file_of(table, input_.style);
        auto found = documents_.find(uri);
        if (found == documents_.end() || !found->second.document) return false;
        options.uri = uri;
        WrittenSection section = writer.section(table, options);
        BlockRefresh& document = editor(found->second);
        document.insert_section(static_cast<int>(document.markdown().lines.size()) + 1,
                                section.lines);
        found->second.corrections.push_back(index);
        return true;
      }
    }
    options.uri = uri;
    Entry& entry = documents_[uri];
    entry.new_lines = writer.section(table, options).lines;
    entry.corrections.push_back(index);
    return true;
  }

  struct NamedSection {
    std::string uri;
    const Block* heading = nullptr;
  };

  /// `Audit log`, `` `audit_log` `` and `The audit_logs table` alike; empty where a heading names
  /// nothing.
  static std::string key_of(const Block& heading) {
    if (std::optional<NamedTable> named = table_named_by(heading.inlines))
      return singular_key(named->name.name);
    const std::string text = heading.inlines.text();
    std::string title(trim(std::string_view(text).substr(heading_number_length(text))));
    for (char& c : title)
      if (c == ' ' || c == '-') c = '_';
    return singular_key(fold_case(title));
  }

  /// Headings under which the schema is stated, by what they name.
  const std::map<std::string, std::vector<NamedSection>>& headings() {
    if (headings_) return *headings_;
    headings_.emplace();
    for (auto& [uri, entry] : documents_) {
      if (!entry.document) continue;
      Sections sections(uri);
      for (const Block& block : editor(entry).markdown().blocks) {
        if (block.kind != BlockKind::heading) continue;
        sections.enter(block);
        if (sections.purpose("", "") != SqlPurpose::schema || sections.about_something_else())
          continue;
        (*headings_)[key_of(block)].push_back({uri, &block});
      }
    }
    return *headings_;
  }

  /// A changelog's `## Releases` and a guide's `## Users` are not about the tables of those names.
  bool may_describe(const std::string& uri, const Relation& table) const {
    if (states_a_table(uri, 1, std::numeric_limits<int>::max())) return true;
    return input_.style.file_per_table && uri == file_of(table, input_.style);
  }

  bool states_a_table(const std::string& uri, int first_line, int last_line) const {
    for (const DocumentReading& reading : input_.read.documents)
      if (reading.uri == uri)
        for (const TableReading& table : reading.tables)
          if (table.origin.line >= first_line && table.origin.line <= last_line) return true;
    return false;
  }

  /// A heading of that name in whose section nothing is read: two of one name would stand beside
  /// each other.
  std::optional<NamedSection> section_named_after(const Relation& table) {
    auto named = headings().find(singular_key(table.name.name));
    if (named == headings().end()) return std::nullopt;
    for (const NamedSection& section : named->second) {
      if (!may_describe(section.uri, table)) continue;
      const int end = editor(documents_[section.uri]).end_of_own_text(*section.heading);
      if (!states_a_table(section.uri, section.heading->line, end)) return section;
    }
    return std::nullopt;
  }

  /// Below what a person has written under the table's name; false where it would not be read.
  bool add_below(const TableText& writer, const Relation& table, SectionOptions options,
                 std::size_t index, const NamedSection& there) {
    Entry& entry = documents_[there.uri];
    BlockRefresh& document = editor(entry);
    const std::vector<std::string>& lines = document.markdown().lines;
    const int end = document.end_of_own_text(*there.heading);
    options.under.assign(lines.begin() + (there.heading->line - 1), lines.begin() + end);
    WrittenSection section = writer.section(table, options);
    if (!section.wrong.empty()) return false;
    section.lines.erase(section.lines.begin(),
                        section.lines.begin() + static_cast<std::ptrdiff_t>(options.under.size()));
    while (!section.lines.empty() && section.lines.front().empty())
      section.lines.erase(section.lines.begin());
    document.insert_section(end + 1, section.lines);
    entry.corrections.push_back(index);
    return true;
  }

  /// The heading of the last table that the document describes whole.
  const Block* last_heading(const BlockRefresh& document, const std::string& uri) const {
    const Block* last = nullptr;
    for (const DocumentReading& reading : input_.read.documents) {
      if (reading.uri != uri) continue;
      for (const TableReading& table : reading.tables) {
        if (!table.complete) continue;
        for (const Block& block : document.markdown().blocks) {
          if (block.kind != BlockKind::heading || block.line > table.origin.line) continue;
          std::optional<NamedTable> named = table_named_by(block.inlines);
          bool names_it = named && snake_key(named->name.name) == snake_key(table.table.name);
          if (names_it && (!last || block.line > last->line)) last = &block;
        }
      }
    }
    return last;
  }

  int last_fence_line(const std::string& uri) const {
    int line = 0;
    for (const DocumentReading& reading : input_.read.documents)
      if (reading.uri == uri)
        for (const TableReading& table : reading.tables)
          if (table.form == "sql") line = std::max(line, table.origin.line);
    return line;
  }

  bool add_to_document(const TableText& writer, const Relation& table, SectionOptions options,
                       std::size_t index) {
    auto found = documents_.find(input_.style.sections_in);
    if (found == documents_.end() || !found->second.document) return false;
    Entry& entry = found->second;
    BlockRefresh& document = editor(entry);
    const Block* heading = last_heading(document, found->first);
    if (!heading && input_.style.form == DocumentForm::sql) {
      // All tables in one fence: this one joins them.
      std::vector<std::string> statements = writer.statements(table, options);
      if (document.append_statements(last_fence_line(found->first), statements)) {
        entry.corrections.push_back(index);
        return true;
      }
    }
    int line = static_cast<int>(document.markdown().lines.size()) + 1;
    if (heading) {
      line = document.end_of_section(*heading) + 1;
      const std::string title =
          heading_title(document.markdown().lines[static_cast<std::size_t>(heading->line) - 1]);
      std::string& number = numbers_[found->first];
      if (number.empty()) number = title.substr(0, heading_number_length(title));
      number = next_heading_number(number);
      options.number = number;
      // Beside that table, and not within its section or above it.
      DocumentStyle beside = input_.style;
      beside.heading.level = heading->level;
      const TableText writer_beside(input_.built, beside);
      document.insert_section(line, writer_beside.section(table, options).lines);
      entry.corrections.push_back(index);
      return true;
    }
    document.insert_section(line, writer.section(table, options).lines);
    entry.corrections.push_back(index);
    return true;
  }

  const RefreshInput& input_;
  RefreshPlan plan_;
  std::map<std::string, Entry> documents_;
  /// Of the last numbered heading, by document.
  std::map<std::string, std::string> numbers_;
  std::vector<const Relation*> added_;
  std::optional<std::map<std::string, std::vector<NamedSection>>> headings_;
};

}  // namespace

RefreshPlan refresh_documents(const RefreshInput& input) {
  return Refresh(input).run();
}

}  // namespace schemaudit
