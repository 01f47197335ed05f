#include "schema_docs/table_names.h"

#include <algorithm>
#include <array>

#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

/// Words of a heading that say what it names, beside the name.
constexpr std::array<std::string_view, 7> kTableWords = {"table",   "tables", "entity", "relation",
                                                         "tabelle", "tabla",  "tabela"};

/// Headings of one word that name a part of a document far more often than a table.
constexpr std::array<std::string_view, 76> kDocumentWords = {
    "overview",   "introduction", "summary",       "description",   "purpose",     "scope",
    "notes",      "note",         "columns",       "column",        "fields",      "field",
    "attributes", "schema",       "schemas",       "structure",     "definition",  "definitions",
    "indexes",    "indices",      "index",         "constraints",   "constraint",  "keys",
    "triggers",   "trigger",      "relations",     "relationships", "references",  "tables",
    "table",      "views",        "functions",     "enums",         "types",       "database",
    "databases",  "migrations",   "migration",     "rollback",      "setup",       "usage",
    "examples",   "example",      "configuration", "config",        "options",     "parameters",
    "variables",  "environment",  "arguments",     "flags",         "headers",     "response",
    "request",    "query",        "queries",       "api",           "endpoints",   "errors",
    "changelog",  "license",      "installation",  "testing",       "performance", "security",
    "appendix",   "glossary",     "properties",    "metadata",      "background",  "status",
    "rules",      "requirements", "input",         "output"};

bool is_table_word(std::string_view word) {
  std::string folded = fold_case(word);
  return std::find(kTableWords.begin(), kTableWords.end(), folded) != kTableWords.end() ||
         folded == "\xE8\xA1\xA8" || folded == "\xE3\x83\x86\xE3\x83\xBC\xE3\x83\x96\xE3\x83\xAB";
}

bool is_document_word(std::string_view word) {
  std::string folded = fold_case(word);
  return std::find(kDocumentWords.begin(), kDocumentWords.end(), folded) != kDocumentWords.end();
}

/// Without `3.1`, `1.`, `#4`, `a)`, marks and emoji at the front.
std::string_view without_number(std::string_view text) {
  text = trim(text);
  std::size_t at = 0;
  while (at < text.size() && (std::isdigit(static_cast<unsigned char>(text[at])) ||
                              text[at] == '.' || text[at] == ')' || text[at] == '#'))
    ++at;
  if (at > 0 && (at == text.size() || text[at] == ' ')) text = trim(text.substr(at));
  while (!text.empty() && static_cast<unsigned char>(text[0]) >= 0xE2 &&
         static_cast<unsigned char>(text[0]) != 0xE3 &&
         (static_cast<unsigned char>(text[0]) >= 0xF0 ||
          static_cast<unsigned char>(text[0]) == 0xE2)) {
    std::size_t next = 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0) == 0x80) ++next;
    if (starts_with(text, "\xEF\xB8\x8F")) next = 3;
    text = trim(text.substr(next));
  }
  return text;
}

/// Without a parenthesis at the end: `users (core)`.
std::string_view without_parenthesis(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.back() != ')') return text;
  std::size_t open = text.rfind('(');
  return open == std::string_view::npos || open == 0 ? text : trim(text.substr(0, open));
}

/// Without what a dash or colon introduces: `users - who may log in`.
std::string_view before_explanation(std::string_view text) {
  for (std::string_view dash : {std::string_view(" - "), std::string_view(" \xE2\x80\x94 "),
                                std::string_view(" \xE2\x80\x93 "), std::string_view(": ")}) {
    std::size_t at = text.find(dash);
    if (at != std::string_view::npos) return trim(text.substr(0, at));
  }
  return text;
}

struct BareName {
  std::string_view name;
  bool called_table = false;
};

/// `Table: users`, `USERS Table`, `Table users`, `users:`.
BareName without_table_word(std::string_view text) {
  BareName bare;
  text = trim(text);
  if (!text.empty() && text.back() == ':') text = trim(text.substr(0, text.size() - 1));
  std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    colon = text.find("\xEF\xBC\x9A");
    if (colon != std::string_view::npos && is_table_word(trim(text.substr(0, colon))))
      return {trim(text.substr(colon + 3)), true};
  } else if (is_table_word(trim(text.substr(0, colon)))) {
    return {trim(text.substr(colon + 1)), true};
  }
  std::size_t space = text.find(' ');
  if (space != std::string_view::npos && is_table_word(text.substr(0, space)) &&
      is_qualified_identifier(trim(text.substr(space))))
    return {trim(text.substr(space)), true};
  space = text.rfind(' ');
  if (space != std::string_view::npos && is_table_word(text.substr(space + 1)))
    return {trim(text.substr(0, space)), true};
  bare.name = text;
  return bare;
}

bool looks_like_object_name(std::string_view name) {
  return name.find('_') != std::string_view::npos || name.find('.') != std::string_view::npos;
}

}  // namespace

QualifiedName parse_table_name(std::string_view text) {
  auto part = [](std::string_view name) {
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"')
      name = name.substr(1, name.size() - 2);
    return std::string(name);
  };
  std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return {"", part(text)};
  return {part(text.substr(0, dot)), part(text.substr(dot + 1))};
}

std::optional<NamedTable> table_named_by(std::string_view text) {
  BareName bare = without_table_word(without_parenthesis(without_number(text)));
  std::string_view name = trim(bare.name);
  if (!is_qualified_identifier(name)) {
    bare = without_table_word(without_parenthesis(before_explanation(without_number(text))));
    name = trim(bare.name);
    if (!is_qualified_identifier(name)) return std::nullopt;
    // `users: the people` names a table no more certainly than a heading of any other kind.
    if (!looks_like_object_name(name) && !bare.called_table) return std::nullopt;
  }
  // `notes Table` is a table's; `Summary Table` a part of the document.
  const bool is_called_so = bare.called_table && fold_case(name) == name;
  if ((is_document_word(name) && !is_called_so) || is_table_word(name)) return std::nullopt;
  return NamedTable{parse_table_name(name), bare.called_table || looks_like_object_name(name)};
}

std::optional<NamedTable> table_named_by(const Inlines& heading) {
  const InlineSpan* code = nullptr;
  std::string before, after;
  for (const InlineSpan& span : heading.spans) {
    if (span.style == SpanStyle::html) continue;
    if (span.style == SpanStyle::code) {
      if (code) return std::nullopt;
      code = &span;
    } else {
      (code ? after : before) += span.text;
    }
  }
  if (!code) return table_named_by(heading.text());

  std::string_view name = trim(code->text);
  if (!is_qualified_identifier(name)) return std::nullopt;
  std::string_view lead = without_number(before);
  if (!lead.empty() && lead.back() == ':') lead = trim(lead.substr(0, lead.size() - 1));
  if (!lead.empty() && !is_table_word(lead)) return std::nullopt;
  std::string_view rest = trim(after);
  if (!rest.empty()) {
    bool explains = rest.front() == '(' || rest.front() == ':' || starts_with(rest, "- ") ||
                    starts_with(rest, "\xE2\x80\x94") || starts_with(rest, "\xE2\x80\x93");
    std::string_view word = rest.substr(0, rest.find_first_of(" (:"));
    if (!explains && !is_table_word(word)) return std::nullopt;
  }
  return NamedTable{parse_table_name(name), true};
}

std::optional<NamedTable> table_named_by_file(std::string_view uri) {
  std::size_t slash = uri.find_last_of("/\\");
  std::string_view file = slash == std::string_view::npos ? uri : uri.substr(slash + 1);
  std::size_t dot = file.rfind('.');
  if (dot != std::string_view::npos) file = file.substr(0, dot);
  if (!is_qualified_identifier(file) || is_document_word(file)) return std::nullopt;
  std::string folded = fold_case(file);
  if (folded == "readme" || folded == "index" || is_table_word(file)) return std::nullopt;
  return NamedTable{parse_table_name(file), looks_like_object_name(file)};
}

std::string folded_key(std::string_view name) {
  return fold_case(name);
}

std::string snake_key(std::string_view name) {
  auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  auto lower = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  std::string key;
  for (std::size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    bool word_begins =
        upper(c) && i > 0 && name[i - 1] != '_' &&
        (lower(name[i - 1]) || (i + 1 < name.size() && lower(name[i + 1]) && upper(name[i - 1])));
    if (word_begins) key += '_';
    key += c;
  }
  return fold_case(key);
}

std::string singular_key(std::string_view name) {
  std::string key = snake_key(name);
  if (key.size() > 4 && ends_with(key, "ies")) return key.substr(0, key.size() - 3) + "y";
  for (std::string_view ending : {std::string_view("sses"), std::string_view("xes"),
                                  std::string_view("ches"), std::string_view("shes")})
    if (ends_with(key, ending)) return key.substr(0, key.size() - 2);
  if (key.size() > 2 && key.back() == 's' && !ends_with(key, "ss") && !ends_with(key, "us") &&
      !ends_with(key, "is"))
    key.pop_back();
  return key;
}

namespace {

using Key = std::string (*)(std::string_view);
constexpr std::array<Key, 3> kKeys = {folded_key, snake_key, singular_key};

}  // namespace

void NameIndex::add(const QualifiedName& name) {
  for (std::size_t k = 0; k < kKeys.size(); ++k)
    by_key_[k][kKeys[k](name.name)].push_back(names_.size());
  names_.push_back(name);
}

void NameIndex::set_schema(std::size_t position, const std::string& schema) {
  names_[position].schema = schema;
}

NameMatch NameIndex::match(const QualifiedName& written) const {
  auto schema_fits = [&](const QualifiedName& name) {
    return written.schema.empty() || name.schema.empty() ||
           fold_case(written.schema) == fold_case(name.schema);
  };
  NameMatch match;
  for (std::size_t distance = 0; distance < kKeys.size(); ++distance) {
    auto found = by_key_[distance].find(kKeys[distance](written.name));
    if (found == by_key_[distance].end()) continue;
    for (std::size_t position : found->second) {
      if (names_[position] == written) return {{position}, 0};
      if (schema_fits(names_[position])) match.matches.push_back(position);
    }
    if (match.matches.empty()) continue;
    match.distance = static_cast<int>(distance);
    return match;
  }
  return match;
}

}  // namespace schemaudit
