#include <algorithm>
#include <array>

#include "analyzer/model/names.h"
#include "schema_docs/column_words.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/word_bytes.h"

namespace schemaudit {

std::optional<std::vector<std::string>> read_word_list(std::string_view text) {
  text = trim(text);
  while (!text.empty() && text.back() == '.') text = trim(text.substr(0, text.size() - 1));
  char separator = text.find(',') != std::string_view::npos   ? ','
                   : text.find('|') != std::string_view::npos ? '|'
                                                              : '/';
  std::vector<std::string> values;
  for (std::string& part : split_top_level(text, separator)) {
    std::string_view word = part;
    if (starts_with(word, "or ")) word = trim(word.substr(3));
    while (!word.empty() && (word.front() == '`' || word.front() == '\'' || word.front() == '"'))
      word.remove_prefix(1);
    while (!word.empty() && (word.back() == '`' || word.back() == '\'' || word.back() == '"'))
      word.remove_suffix(1);
    bool bare = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
      return is_word_byte(c) || c == '-' || c == '/' || c == '.';
    });
    if (!bare || word.back() == '.' || word == "etc") return std::nullopt;
    values.emplace_back(word);
  }
  if (values.size() < 2) return std::nullopt;
  return values;
}

std::optional<std::vector<std::string>> read_values(std::string_view text, std::size_t* lead_at) {
  static constexpr std::array<std::string_view, 9> kLeads = {
      "enum:",        "enum ",           "one of:",          "one of ",
      "values:",      "allowed values:", "possible values:", "allowed:",
      "valid values:"};
  std::string folded = fold_case(text);
  for (std::string_view lead : kLeads) {
    std::size_t at = folded.find(lead);
    if (at == std::string::npos) continue;
    if (at > 0 && is_word_byte(folded[at - 1])) continue;
    std::string_view list = trim(text.substr(at + lead.size()));
    if (!list.empty() && list.front() == '(')
      if (std::optional<std::string_view> inside = inside_parentheses(list, 0)) list = *inside;
    std::size_t end = list.find_first_of(";)\n");
    std::size_t stop = list.find(". ");
    end = std::min(end, stop);
    if (std::optional<std::vector<std::string>> values = read_word_list(list.substr(0, end))) {
      if (lead_at) *lead_at = at;
      return values;
    }
  }
  return std::nullopt;
}

}  // namespace schemaudit
