#include "rules/facts/predicates.h"

#include <algorithm>
#include <string_view>

namespace schemaudit {

namespace {

bool is_word(char c) {
  return c == '_' || c == '$' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// The position after the quoted run that begins at `at`.
std::size_t after_quotes(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size(); ++at) {
    if (text[at] != quote) continue;
    if (at + 1 < text.size() && text[at + 1] == quote)
      ++at;
    else
      return at + 1;
  }
  return text.size();
}

/// The identifier that `text` is as a whole; unset where it is something else.
std::optional<std::string> identifier(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text.front() == '"') {
    if (after_quotes(text, 0) != text.size() || text.size() < 3) return std::nullopt;
    std::string name;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
      name += text[i];
      if (text[i] == '"') ++i;
    }
    return name;
  }
  if (text.front() >= '0' && text.front() <= '9') return std::nullopt;
  if (!std::all_of(text.begin(), text.end(), is_word)) return std::nullopt;
  return std::string(text);
}

/// The one argument of `function(argument)`, where it is an identifier.
std::optional<std::string> sole_argument(const std::string& condition, std::string_view function) {
  if (condition.size() < function.size() + 3 || condition.rfind(function, 0) != 0 ||
      condition[function.size()] != '(' || condition.back() != ')')
    return std::nullopt;
  return identifier(std::string_view(condition).substr(function.size() + 1,
                                                       condition.size() - function.size() - 2));
}

/// `a, f(b, c)` at its outer commas.
std::vector<std::string> arguments_of(std::string_view list) {
  std::vector<std::string> arguments;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < list.size();) {
    const char c = list[i];
    if (c == '\'' || c == '"') {
      i = after_quotes(list, i);
      continue;
    }
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    if (c == ',' && depth == 0) {
      arguments.emplace_back(list.substr(begin, i - begin));
      begin = list.find_first_not_of(' ', i + 1);
      if (begin == std::string_view::npos) return arguments;
    }
    ++i;
  }
  arguments.emplace_back(list.substr(begin));
  return arguments;
}

}  // namespace

std::vector<std::string> conditions_of(const Expression& predicate) {
  if (!predicate.decided) return {};
  const std::string& normal = predicate.normal;
  if (normal.rfind("and(", 0) != 0 || normal.back() != ')') return {normal};
  return arguments_of(std::string_view(normal).substr(4, normal.size() - 5));
}

std::optional<std::string> column_not_null(const std::string& condition) {
  return sole_argument(condition, "notnull");
}

std::optional<std::string> column_null(const std::string& condition) {
  return sole_argument(condition, "isnull");
}

std::optional<std::string> column_false(const std::string& condition) {
  return sole_argument(condition, "not");
}

std::vector<std::string> columns_in(const Expression& expression,
                                    const std::vector<std::string>& candidates) {
  const std::string_view text = expression.normal;
  std::vector<std::string> found;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    if (text[i] == '\'' || text[i] == '"')
      end = after_quotes(text, i);
    else if (is_word(text[i]))
      while (end < text.size() && is_word(text[end])) ++end;
    const bool is_call = end < text.size() && text[end] == '(';
    const auto name = is_call ? std::nullopt : identifier(text.substr(i, end - i));
    if (name && std::find(candidates.begin(), candidates.end(), *name) != candidates.end() &&
        std::find(found.begin(), found.end(), *name) == found.end())
      found.push_back(*name);
    i = end;
  }
  return found;
}

}  // namespace schemaudit
