#include "rules/facts/condition_text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace schemaudit {

namespace {

bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Behind the quoted text that begins at `at`; doubled quotes are inside.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] != quote) continue;
    if (i + 1 >= text.size() || text[i + 1] != quote) return i + 1;
    ++i;
  }
  return text.size();
}

/// The pieces between `separator` that stand outside of quotes and brackets.
std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '\'' || c == '"') {
      i = end_of_quoted(text, i);
      continue;
    }
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    if (depth == 0 && text.substr(i, separator.size()) == separator) {
      pieces.push_back(text.substr(begin, i - begin));
      i += separator.size();
      begin = i;
      continue;
    }
    ++i;
  }
  pieces.push_back(text.substr(begin));
  return pieces;
}

/// Whether the bracket at `open` closes at the very end.
bool closes_at_end(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size();) {
    if (text[i] == '\'' || text[i] == '"') {
      i = end_of_quoted(text, i);
      continue;
    }
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i + 1 == text.size();
    ++i;
  }
  return false;
}

/// Forms that look like calls and are the condition itself.
constexpr std::array<std::string_view, 17> kForms = {
    "and",  "or",    "not",      "isnull", "notnull", "in",       "notin", "rownull", "rownotnull",
    "cast", "array", "coalesce", "nullif", "case",    "greatest", "least", "row"};

constexpr std::array<std::string_view, 9> kSessionValues = {
    "current_user", "session_user", "current_role",   "user",          "current_catalog",
    "current_date", "current_time", "localtimestamp", "current_schema"};

template <typename List>
bool holds(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

std::vector<std::string_view> parts_of(std::string_view normal, std::string_view name) {
  if (normal.size() < name.size() + 2 || normal.substr(0, name.size()) != name ||
      normal[name.size()] != '(' || !closes_at_end(normal, name.size()))
    return {};
  return split(normal.substr(name.size() + 1, normal.size() - name.size() - 2), ", ");
}

std::optional<ComparisonText> comparison_of(std::string_view normal) {
  if (normal.size() < 2 || normal.front() != '(' || !closes_at_end(normal, 0)) return std::nullopt;
  std::vector<std::string_view> words = split(normal.substr(1, normal.size() - 2), " ");
  if (words.size() != 3) return std::nullopt;
  return ComparisonText{words[0], words[1], words[2]};
}

bool calls_something(std::string_view normal) {
  for (std::size_t i = 0; i < normal.size();) {
    const char c = normal[i];
    if (c == '{') return true;
    if (c == '\'') {
      i = end_of_quoted(normal, i);
    } else if (c == '"') {
      i = end_of_quoted(normal, i);
      if (i < normal.size() && normal[i] == '(') return true;
    } else if (is_name_character(c)) {
      std::size_t end = i;
      while (end < normal.size() && is_name_character(normal[end])) ++end;
      std::string_view word = normal.substr(i, end - i);
      if (holds(kSessionValues, word)) return true;
      if (end < normal.size() && normal[end] == '(' && !holds(kForms, word)) return true;
      i = end;
    } else {
      ++i;
    }
  }
  return false;
}

}  // namespace schemaudit
