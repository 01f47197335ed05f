#include "reports/text_sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/report_words.h"
#include "reports/visible_text.h"

namespace schemaudit {
namespace {

constexpr std::size_t kTablesInFull = 60;
constexpr std::size_t kDocumentsInFull = 60;
constexpr std::size_t kNamesOfDocument = 12;

std::string describe_reading(const TableReading& table) {
  std::string text = fmt::format("{}, {}", table.form.empty() ? "read" : table.form,
                                 counted(table.columns, "column"));
  if (table.constraints > 0) text += ", " + counted(table.constraints, "constraint");
  if (table.indexes > 0) text += ", " + counted(table.indexes, "index", "indexes");
  // What a partial list leaves out, it does not deny.
  if (!table.complete) text += ", partial";
  return text;
}

// `12 sql, 3 list`: the forms in which a document tells its tables.
std::string describe_forms(const DocumentReading& document) {
  std::map<std::string, std::size_t> forms;
  for (const TableReading& table : document.tables) ++forms[table.form];
  std::string text;
  for (const auto& [form, count] : forms) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", count, form.empty() ? "read" : form);
  }
  return text;
}

void write_document_notes(const DocumentReading& document, TextWriter& writer) {
  if (!document.self_description) return;
  std::string note = fmt::format("calls itself \"{}\"", *document.self_description);
  if (document.proposed_state && *document.proposed_state != document.state)
    note += fmt::format("; is it {}? {{ path = \"{}\", state = \"{}\" }} under [sources] docs",
                        to_string(*document.proposed_state), document.uri,
                        to_string(*document.proposed_state));
  writer.line(6, {{note, Paint::medium}});
}

void write_document(const DocumentReading& document, bool in_full, TextWriter& writer) {
  const bool one_table = document.tables.size() == 1;
  std::vector<StyledText> head = {
      {one_table ? place_of(document.tables.front().origin) : document.uri, Paint::place}};
  if (document.state != DocumentState::current)
    head.push_back(fmt::format(" [{}]", to_string(document.state)));
  const bool nothing = document.tables.empty() && document.queries.empty();
  if (nothing)
    head.push_back({"  no schema was read from it", Paint::faint});
  else if (one_table)
    head.push_back(fmt::format("  {}: {}", to_string(document.tables.front().table),
                               describe_reading(document.tables.front())));
  else
    head.push_back("  " + counted(count_tables(document), "table"));
  if (!document.queries.empty())
    head.push_back(", " + counted(document.queries.size(), "query", "queries"));
  if (!in_full && document.tables.size() > 1) {
    std::vector<std::string> names;
    for (const TableReading& table : document.tables) names.push_back(to_string(table.table));
    head.push_back(
        {fmt::format(" ({}): {}", describe_forms(document), first_of(names, kNamesOfDocument)),
         Paint::faint});
  }
  writer.line(4, head);
  write_document_notes(document, writer);
  if (!in_full || one_table) return;

  std::size_t name_width = 0;
  for (const TableReading& table : document.tables)
    name_width = std::max(name_width, visible_line(to_string(table.table)).size());
  name_width = std::min<std::size_t>(name_width, 36);
  for (const TableReading& table : document.tables) {
    const std::string line = table.origin.line > 0 ? fmt::format(":{}", table.origin.line) : "";
    writer.line(6, {fmt::format("{:<{}}  ", visible_line(to_string(table.table)), name_width),
                    {fmt::format("{:<6}", line), Paint::place},
                    describe_reading(table)});
  }
}

void write_documents(const SourceReport& source, TextWriter& writer) {
  std::size_t tables = 0;
  for (const DocumentReading& document : source.documents) tables += document.tables.size();
  const bool in_full = tables <= kTablesInFull;
  const std::size_t shown =
      source.documents.size() <= kDocumentsInFull + 1 ? source.documents.size() : kDocumentsInFull;
  for (std::size_t i = 0; i < shown; ++i) write_document(source.documents[i], in_full, writer);
  if (shown == source.documents.size()) return;
  std::size_t empty = 0;
  for (std::size_t i = shown; i < source.documents.size(); ++i)
    empty += source.documents[i].tables.empty();
  writer.line(4, {fmt::format("and {} more documents, {} of them without a table; the JSON and "
                              "HTML reports list them",
                              source.documents.size() - shown, empty)});
}

}  // namespace

void write_sources(const Report& report, TextWriter& writer) {
  writer.section("What was read");
  if (report.sources.empty()) writer.line(2, {"no source was given"});
  for (const SourceReport& source : report.sources) {
    std::vector<StyledText> head = {{fmt::format("{}: ", side_name(source.role)), Paint::strong},
                                    source.name.empty() ? source.kind : source.name};
    if (source.server) head.push_back(" (" + describe_server(*source.server) + ")");
    head.push_back({"  " + describe_counts(source.objects), Paint::faint});
    writer.line(2, head);
    if (!source.visibility.complete)
      writer.line(4, {{"the role could not see all of it: see Not checked", Paint::medium}});
    if (source.questions > 0) writer.line(4, {describe_questions(source)});
    write_documents(source, writer);
  }
}

}  // namespace schemaudit
