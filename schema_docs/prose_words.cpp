#include "schema_docs/prose_words.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "analyzer/model/names.h"
#include "analyzer/model/redact.h"
#include "analyzer/model/utf8.h"
#include "schema_docs/word_bytes.h"

namespace schemaudit {

namespace {

constexpr std::size_t kExcerptBytes = 120;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Length of the white space at the front of `text`: 0 where there is none.
std::size_t space_length(std::string_view text) {
  if (text.empty()) return 0;
  if (std::isspace(static_cast<unsigned char>(text[0]))) return 1;
  if (starts_with(text, "\xC2\xA0")) return 2;
  if (starts_with(text, "\xE3\x80\x80") || starts_with(text, "\xEF\xBB\xBF")) return 3;
  return 0;
}

}  // namespace

std::string_view trim(std::string_view text) {
  for (std::size_t length = space_length(text); length > 0; length = space_length(text))
    text.remove_prefix(length);
  while (!text.empty()) {
    if (std::isspace(static_cast<unsigned char>(text.back())))
      text.remove_suffix(1);
    else if (ends_with(text, "\xC2\xA0"))
      text.remove_suffix(2);
    else if (ends_with(text, "\xE3\x80\x80"))
      text.remove_suffix(3);
    else
      break;
  }
  return text;
}

bool is_identifier(std::string_view text) {
  return !text.empty() && is_letter(text[0]) && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
  });
}

bool is_qualified_identifier(std::string_view text) {
  std::size_t dot = text.find('.');
  auto part = [](std::string_view name) {
    if (name.size() > 2 && name.front() == '"' && name.back() == '"')
      return name.substr(1, name.size() - 2).find('"') == std::string_view::npos;
    return is_identifier(name);
  };
  if (dot == std::string_view::npos) return part(text);
  return part(text.substr(0, dot)) && part(text.substr(dot + 1));
}

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool ends_with(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

bool contains_word(std::string_view text, std::string_view word) {
  std::string folded = fold_case(text), wanted = fold_case(word);
  for (std::size_t at = folded.find(wanted); at != std::string::npos;
       at = folded.find(wanted, at + 1)) {
    std::size_t end = at + wanted.size();
    bool begins = at == 0 || !is_word_byte(folded[at - 1]);
    bool finishes = end >= folded.size() || !is_word_byte(folded[end]);
    if (begins && finishes) return true;
  }
  return false;
}

bool contains_any_word(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return contains_word(text, word); });
}

std::vector<std::string> split_top_level(std::string_view text, char separator) {
  std::vector<std::string> parts;
  int depth = 0;
  char quote = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || (depth == 0 && !quote && text[i] == separator)) {
      parts.emplace_back(trim(text.substr(begin, i - begin)));
      begin = i + 1;
      continue;
    }
    char c = text[i];
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '"') {
      quote = c;
    } else if (c == '\'' && (i == 0 || !is_word_byte(text[i - 1]))) {
      // An apostrophe within a word opens nothing.
      quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return parts;
}

std::optional<std::string_view> inside_parentheses(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return text.substr(open + 1, i - open - 1);
  }
  return std::nullopt;
}

std::optional<std::size_t> parse_count(std::string_view word) {
  static constexpr std::array<std::string_view, 21> kWords = {
      "zero",     "one",     "two",     "three",     "four",     "five",     "six",
      "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
  std::string folded = fold_case(trim(word));
  if (folded.empty() || folded.size() > 6 + 3) return std::nullopt;
  if (std::all_of(folded.begin(), folded.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return folded.size() > 6 ? std::nullopt : std::optional<std::size_t>(std::stoul(folded));
  for (std::size_t i = 0; i < kWords.size(); ++i)
    if (kWords[i] == folded) return i;
  return std::nullopt;
}

std::string excerpt_of(std::string_view text) {
  std::string line = redact(trim(text));
  std::size_t end = line.find_first_of("\r\n");
  if (end != std::string::npos) line.resize(end);
  if (line.size() > kExcerptBytes) {
    line.resize(cut_at_character(line, kExcerptBytes).size());
    line += "...";
  }
  return line;
}

}  // namespace schemaudit
