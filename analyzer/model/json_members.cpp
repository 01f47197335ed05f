#include "analyzer/model/json_members.h"

#include <algorithm>

namespace schemaudit {

namespace {

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n')) ++at;
  return at;
}

/// A string of JSON, between `"`, or between `\"` where the JSON is itself within a string.
struct JsonString {
  std::size_t begin = 0, end = 0;
  /// Behind the closing quote.
  std::size_t next = 0;
};

/// `at` is at the quote or at the backslashes before it; nothing where no string begins there.
bool read_string(std::string_view text, std::size_t at, JsonString& string) {
  std::size_t quote = at;
  while (quote < text.size() && text[quote] == '\\') ++quote;
  if (quote == text.size() || text[quote] != '"') return false;
  const std::size_t depth = quote - at;
  string.begin = quote + 1;
  std::size_t backslashes = 0;
  for (std::size_t i = string.begin; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++backslashes;
      continue;
    }
    // At depth 1 a quote is `\"`, one within the string is `\\\"`, and `\\\\` is a backslash.
    if (text[i] == '"' && (backslashes < depth || backslashes % (2 * depth + 2) == depth)) {
      string.end = i - std::min(backslashes, depth);
      string.next = i + 1;
      return true;
    }
    backslashes = 0;
  }
  // Text that was cut.
  string.end = string.next = text.size();
  return true;
}

/// The value that begins at `at`.
ByteSpan value_at(std::string_view text, std::size_t at) {
  JsonString string;
  if (read_string(text, at, string)) return {string.begin, string.end - string.begin};
  for (std::string_view word : {"null", "true", "false"})
    if (text.substr(at, word.size()) == word) return {at, 0};
  if (at == text.size() || (text[at] != '[' && text[at] != '{'))
    return {at, std::min(text.find_first_of(",]} \n\\\"", at), text.size()) - at};
  int open = 0;
  for (std::size_t i = at; i < text.size();) {
    if (read_string(text, i, string)) {
      i = string.next;
      continue;
    }
    if (text[i] == '\\') {
      i = std::min(text.find_first_not_of('\\', i), text.size());
      continue;
    }
    if (text[i] == '[' || text[i] == '{') ++open;
    if ((text[i] == ']' || text[i] == '}') && --open == 0) return {at, i + 1 - at};
    ++i;
  }
  return {at, text.size() - at};
}

}  // namespace

std::vector<ByteSpan> json_values(std::string_view text, bool (*wanted)(std::string_view key)) {
  std::vector<ByteSpan> values;
  for (std::size_t at = text.find_first_of("\\\""); at != std::string_view::npos;
       at = text.find_first_of("\\\"", at)) {
    JsonString key;
    if (!read_string(text, at, key)) {
      at = std::min(text.find_first_not_of('\\', at), text.size());
      continue;
    }
    // Where it is no key, it may hold JSON.
    at = key.begin;
    const std::size_t colon = skip_space(text, key.next);
    if (colon == text.size() || text[colon] != ':') continue;
    at = skip_space(text, colon + 1);
    if (!wanted(text.substr(key.begin, key.end - key.begin))) continue;
    const ByteSpan value = value_at(text, at);
    if (value.length == 0) continue;
    values.push_back(value);
    at = std::min(text.find_first_not_of("\\\"", value.offset + value.length), text.size());
  }
  return values;
}

}  // namespace schemaudit
