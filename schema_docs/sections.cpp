#include "schema_docs/sections.h"

#include <algorithm>

#include "analyzer/model/names.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

bool says_rollback(std::string_view text) {
  std::string folded = fold_case(trim(text));
  if (folded == "down" || folded == "undo" || folded == "revert") return true;
  return contains_any_word(
      text, {"rollback", "rollbacks", "roll back", "rolling back", "revert", "reverting", "undo",
             "downgrade", "down migration", "migrate down", "backout", "back out"});
}

/// `Check Constraints` and `Validation Rules` state what holds; they check nothing.
bool states_constraints(std::string_view text) {
  return contains_any_word(text, {"constraint", "constraints", "rules"});
}

bool says_check(std::string_view text) {
  if (states_constraints(text)) return false;
  return contains_any_word(
      text, {"verify", "verification", "validate", "validation", "validating", "confirm", "test",
             "tests", "testing", "sanity", "proof", "check queries", "checks", "health check",
             "integrity check", "audit queries", "expected", "expect"});
}

bool says_schema(std::string_view text) {
  return contains_any_word(
      text, {"schema",      "table",       "tables",    "index",      "indexes",     "indices",
             "constraint",  "constraints", "column",    "columns",    "ddl",         "definition",
             "definitions", "trigger",     "triggers",  "view",       "views",       "type",
             "types",       "enum",        "enums",     "function",   "functions",   "policies",
             "extension",   "extensions",  "partition", "partitions", "partitioning"});
}

bool says_example(std::string_view text) {
  // `Create Prompt Usage History Table` makes a table; `Usage` shows one in use.
  if (contains_any_word(text, {"usage"}) && !says_schema(text)) return true;
  return contains_any_word(
      text, {"example", "examples", "sample", "samples", "troubleshooting", "best practices",
             "best practice", "how to", "tutorial", "cheat sheet", "faq", "anti-patterns",
             "antipatterns", "common queries", "useful queries"});
}

bool says_advice(std::string_view text) {
  return contains_any_word(text, {"optimization", "optimisation", "optimizing", "tuning",
                                  "maintenance", "monitoring", "performance", "queries", "query"});
}

/// A lead-in speaks of the fence only where it introduces it.
bool introduces(std::string_view lead_in) {
  std::string_view text = trim(lead_in);
  return !text.empty() && text.size() <= 160;
}

/// `To roll back:`, `Undo with`: the paragraph's last sentence.
std::string_view last_sentence(std::string_view text) {
  text = trim(text);
  std::size_t stop = std::string_view::npos;
  for (std::string_view end : {std::string_view(". "), std::string_view(".\n")}) {
    std::size_t at = text.rfind(end);
    if (at != std::string_view::npos && (stop == std::string_view::npos || at > stop)) stop = at;
  }
  return stop == std::string_view::npos ? text : trim(text.substr(stop + 1));
}

}  // namespace

Topic topic_of(std::string_view title) {
  std::string_view text = trim(title);
  while (!text.empty() && (text.back() == ':' || text.back() == '.'))
    text = trim(text.substr(0, text.size() - 1));
  std::string folded = fold_case(text);
  if (!folded.empty() && folded.back() == ')') {
    std::size_t open = folded.rfind('(');
    if (open != std::string::npos) folded = std::string(trim(folded.substr(0, open)));
  }
  std::size_t digits = folded.find_first_not_of("0123456789. ");
  if (digits != std::string::npos && digits > 0) folded = folded.substr(digits);
  auto is = [&](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), folded) != words.end();
  };
  if (is({"columns",
          "column",
          "fields",
          "field",
          "attributes",
          "schema",
          "structure",
          "definition",
          "table definition",
          "table structure",
          "table schema",
          "column definitions",
          "field definitions",
          "columns and types",
          "spalten",
          "felder",
          "columnas",
          "campos",
          "colonnes",
          "champs",
          "\xE5\x88\x97",
          "\xE5\xAD\x97\xE6\xAE\xB5",
          "\xE3\x82\xAB\xE3\x83\xA9\xE3\x83\xA0"}))
    return Topic::columns;
  if (is({"key columns", "key fields", "important columns", "important fields", "notable columns",
          "main columns", "main fields", "new columns", "new fields", "added columns",
          "core fields", "core columns"}))
    return Topic::some_columns;
  if (is({"constraints", "key constraints", "table constraints"})) return Topic::constraints;
  if (is({"indexes", "indices", "index", "key indexes", "performance indexes"}))
    return Topic::indexes;
  if (is({"foreign keys", "foreign key", "foreign key constraints"})) return Topic::foreign_keys;
  if (is({"unique", "unique constraints", "unique keys"})) return Topic::unique_constraints;
  if (is({"checks", "check constraints"})) return Topic::checks;
  if (is({"triggers"})) return Topic::triggers;
  if (is({"tables", "entities", "models"})) return Topic::tables;
  if (is({"description", "overview", "details", "purpose"})) return Topic::none;
  return Topic::other;
}

namespace {

/// `docs/notes.md` -> notes
std::string_view stem_of(std::string_view uri) {
  const std::size_t slash = uri.find_last_of("/\\");
  if (slash != std::string_view::npos) uri.remove_prefix(slash + 1);
  return uri.substr(0, uri.rfind('.'));
}

}  // namespace

void Sections::enter(const Block& heading) {
  while (!headings_.empty() && headings_.back().level >= heading.level) headings_.pop_back();
  Section section;
  section.level = heading.level;
  section.line = heading.line;
  section.title = std::string(trim(heading.inlines.text()));
  section.names = table_named_by(heading.inlines);
  // `# notes` in notes.md is a table's page, though `## Notes` is a part of any.
  if (!section.names && headings_.empty() && heading.level == 1 && section.title == stem_of(uri_) &&
      fold_case(section.title) == section.title && section.title != "readme" &&
      section.title != "index" && is_qualified_identifier(section.title))
    section.names = NamedTable{parse_table_name(section.title), false};
  headings_.push_back(std::move(section));
}

std::string Sections::path() const {
  std::string path;
  for (const Section& section : headings_) {
    if (!path.empty()) path += " > ";
    path += section.title;
  }
  return path;
}

SqlPurpose Sections::purpose(std::string_view lead_in, std::string_view fence) const {
  std::string_view lead = introduces(lead_in) ? last_sentence(lead_in) : std::string_view();
  if (says_rollback(lead)) return SqlPurpose::rollback;
  // The document's title says what all of it is about: `Migration and rollback plan`.
  bool titled = !headings_.empty() && headings_.front().level == 1 &&
                (headings_.size() > 1 || contains_word(fence, "create table"));
  for (std::size_t i = titled ? 1 : 0; i < headings_.size(); ++i)
    if (says_rollback(headings_[i].title)) return SqlPurpose::rollback;
  for (std::size_t i = headings_.size(); i > (titled ? 1u : 0u); --i) {
    const std::string& title = headings_[i - 1].title;
    if (states_constraints(title)) break;
    if (says_check(title)) return SqlPurpose::check;
    if (says_example(title)) return SqlPurpose::example;
    // `### 3.1 orders` speaks for what is below it, whatever stands above; `### Creating tables`
    // does not.
    std::size_t name = title.find_first_not_of("0123456789. ");
    if (headings_[i - 1].names && name != std::string::npos &&
        title.find(' ', name) == std::string::npos)
      break;
  }
  std::string folded = fold_case(lead);
  if (!lead.empty() && !says_schema(lead)) {
    if (says_example(lead) || contains_any_word(lead, {"for instance", "e.g", "such as"}))
      return SqlPurpose::example;
    if (starts_with(folded, "verify") || starts_with(folded, "check that") ||
        starts_with(folded, "confirm") || starts_with(folded, "validate"))
      return SqlPurpose::check;
  } else if (contains_any_word(lead, {"for example", "example", "e.g"})) {
    return SqlPurpose::example;
  }
  // Advice shows indexes and queries; a whole table is meant.
  bool makes_table = contains_word(fence, "create table");
  if (!makes_table && !headings_.empty() && says_advice(headings_.back().title) &&
      !says_schema(headings_.back().title) && !says_schema(lead))
    return SqlPurpose::example;
  return SqlPurpose::schema;
}

std::optional<NamedTable> Sections::subject(bool file) const {
  bool passed_other = false;
  for (auto section = headings_.rbegin(); section != headings_.rend(); ++section) {
    if (section->names && (section->names->certain || !passed_other)) return section->names;
    Topic topic = topic_of(section->title);
    if (topic == Topic::other || topic == Topic::tables) passed_other = true;
  }
  if (!file) return std::nullopt;
  // A file's name speaks for what stands right under its title, not for every section.
  bool sections_between = std::any_of(headings_.begin(), headings_.end(), [](const Section& s) {
    Topic topic = topic_of(s.title);
    return s.level > 1 && (topic == Topic::other || topic == Topic::tables);
  });
  if (sections_between) return std::nullopt;
  return table_named_by_file(uri_);
}

Topic Sections::topic() const {
  for (auto section = headings_.rbegin(); section != headings_.rend(); ++section) {
    if (section->names) return Topic::none;
    Topic topic = topic_of(section->title);
    if (topic != Topic::none) return topic;
  }
  return Topic::none;
}

bool Sections::about_something_else() const {
  // The nearest heading that names a table settles it; a document's title does not.
  for (auto section = headings_.rbegin(); section != headings_.rend(); ++section) {
    if (section->names) return false;
    if (section->level == 1 && headings_.size() > 1) return false;
    if (contains_any_word(
            section->title,
            {"api",       "apis",    "endpoint",      "endpoints", "request",     "response",
             "rest",      "graphql", "json",          "payload",   "parameters",  "params",
             "arguments", "options", "configuration", "config",    "environment", "env",
             "flags",     "cli",     "command",       "events",    "event",       "metrics",
             "props",     "headers", "message",       "webhook",   "functions",   "procedures"}))
      return true;
  }
  return false;
}

}  // namespace schemaudit
