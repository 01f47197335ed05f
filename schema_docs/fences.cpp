#include "schema_docs/fences.h"

#include <algorithm>
#include <array>

#include "analyzer/model/names.h"
#include "schema_docs/mermaid_diagram.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/psql_output.h"

namespace schemaudit {

namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 8> kSqlLanguages = {
    "sql", "postgres", "postgresql", "pgsql", "plpgsql", "psql", "postgres-sql", "ddl"};
constexpr std::array<std::string_view, 5> kPlainLanguages = {"", "text", "txt", "plain",
                                                             "plaintext"};
constexpr std::array<std::string_view, 3> kConsoleLanguages = {"console", "shell-session",
                                                               "terminal"};

/// The first word of `text` that is no comment.
std::string_view first_statement(std::string_view text) {
  for (;;) {
    text = trim(text);
    if (starts_with(text, "--")) {
      std::size_t end = text.find('\n');
      if (end == std::string_view::npos) return {};
      text.remove_prefix(end);
    } else if (starts_with(text, "/*")) {
      std::size_t end = text.find("*/");
      if (end == std::string_view::npos) return {};
      text.remove_prefix(end + 2);
    } else {
      return text;
    }
  }
}

bool begins_as_definition(std::string_view text) {
  std::string folded = fold_case(first_statement(text).substr(0, 80));
  for (std::string_view begin :
       {std::string_view("create table "), std::string_view("create unique index "),
        std::string_view("create index "), std::string_view("create type "),
        std::string_view("create view "), std::string_view("create schema "),
        std::string_view("create extension "), std::string_view("create materialized view "),
        std::string_view("alter table "), std::string_view("create or replace ")})
    if (starts_with(folded, begin)) return folded.find("...") == std::string::npos;
  return false;
}

/// `model User {`, `Table users {`: what Prisma and DBML begin a table with.
bool holds_model(const std::string& language, std::string_view text) {
  std::string_view word = language == "prisma" ? "model " : language == "dbml" ? "Table " : "";
  if (word.empty()) return false;
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    if (at > 0 && text[at - 1] != '\n') continue;
    std::size_t brace = text.find_first_of("{\n", at);
    if (brace != std::string_view::npos && text[brace] == '{') return true;
  }
  return false;
}

/// Offset of the line that begins the way back (`-- migrate:down`); npos where there is none.
std::size_t way_back(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    std::string line = fold_case(trim(text.substr(at, end - at)));
    if (starts_with(line, "--")) {
      std::string_view words = trim(std::string_view(line).substr(2));
      if (starts_with(words, "migrate:down") || starts_with(words, "+goose down") ||
          starts_with(words, "+migrate down") || words == "down" || words == "!downs" ||
          words == "down migration" || words == "rollback" || words == "rollback:")
        return at;
    }
    at = end + 1;
  }
  return std::string_view::npos;
}

void add_sql(const Block& block, const FencePlace& place, bool labelled, ReadDocument& read) {
  SqlFence fence;
  fence.text = {block.literal, place.uri, block.literal_line, block.literal_column};
  fence.purpose = place.purpose;
  fence.subject = place.subject;
  fence.key_prefix = place.heading_path;
  fence.labelled = labelled;
  fence.last_line = block.end_line;
  std::size_t back = way_back(block.literal);
  if (back == std::string_view::npos || place.purpose != SqlPurpose::schema) {
    read.fences.push_back(std::move(fence));
    return;
  }
  SqlFence undo = fence;
  undo.purpose = SqlPurpose::rollback;
  undo.text.text = block.literal.substr(back);
  undo.text.first_line += static_cast<int>(std::count(
      block.literal.begin(), block.literal.begin() + static_cast<std::ptrdiff_t>(back), '\n'));
  fence.text.text.resize(back);
  fence.last_line = undo.text.first_line - 1;
  if (!trim(fence.text.text).empty()) read.fences.push_back(std::move(fence));
  read.fences.push_back(std::move(undo));
}

}  // namespace

FenceKind read_fence(const Block& block, const FencePlace& place, UnreadBlocks& unread,
                     ReadDocument& read) {
  const std::string& language = block.language;
  bool sql = is_one_of(language, kSqlLanguages);
  bool plain = is_one_of(language, kPlainLanguages);
  bool claims = place.purpose == SqlPurpose::schema;
  if (sql || plain || is_one_of(language, kConsoleLanguages)) {
    std::vector<TableClaim> tables =
        read_psql_output(block.literal, place.uri, block.literal_line, block.literal_column);
    if (!tables.empty()) {
      for (TableClaim& table : tables)
        if (claims) read.claims.push_back(std::move(table));
      return FenceKind::psql_output;
    }
  }
  if (language == "mermaid") {
    if (!claims) return FenceKind::diagram;
    MermaidDiagram diagram =
        read_mermaid_diagram(block.literal, place.uri, block.literal_line, block.literal_column);
    for (TableClaim& table : diagram.tables) read.claims.push_back(std::move(table));
    for (DrawnTable& table : diagram.drawn) read.drawn.push_back(std::move(table));
    for (const MermaidDiagram::UnreadLines& lines : diagram.unread)
      unread.tell_line(block,
                       "This line of the diagram was not read" +
                           (lines.count == 1 ? std::string()
                                             : " (and " + std::to_string(lines.count - 1) +
                                                   " more of the same entity)") +
                           ". An entity has a name; an attribute has a type, a name, PK, FK or "
                           "UK, and a comment in double quotes.",
                       "diagram line", lines.line);
    return FenceKind::diagram;
  }
  if (sql || (plain && begins_as_definition(block.literal))) {
    add_sql(block, place, sql, read);
    return FenceKind::sql;
  }
  return claims && holds_model(language, block.literal) ? FenceKind::model : FenceKind::other;
}

SqlFence fence_of_cell(StatementInCell statement, const std::string& heading_path) {
  SqlFence fence;
  fence.text = {std::move(statement.text), statement.origin.uri, statement.origin.line,
                statement.origin.column};
  fence.key_prefix = heading_path;
  fence.last_line = statement.origin.line;
  return fence;
}

}  // namespace schemaudit
