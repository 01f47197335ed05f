#include "schema_docs/writing/heading_text.h"

#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::string heading_title(std::string_view line) {
  std::string_view text = trim(line);
  std::size_t marks = text.find_first_not_of('#');
  if (marks == std::string_view::npos) return {};
  text = trim(text.substr(marks));
  std::size_t end = text.find_last_not_of('#');
  bool closed = end != std::string_view::npos && end + 1 < text.size() && text[end] == ' ';
  return std::string(closed ? trim(text.substr(0, end)) : text);
}

std::size_t heading_number_length(std::string_view title) {
  std::size_t at = 0;
  while (at < title.size() && (is_digit(title[at]) || title[at] == '.' || title[at] == ')')) ++at;
  if (at == 0 || !is_digit(title[0]) || at >= title.size() || title[at] != ' ') return 0;
  return title.find_first_not_of(' ', at);
}

std::string next_heading_number(std::string_view number) {
  std::size_t end = number.size();
  while (end > 0 && !is_digit(number[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && is_digit(number[begin - 1])) --begin;
  if (begin == end || end - begin > 9) return std::string(number);
  return std::string(number.substr(0, begin)) +
         std::to_string(std::stol(std::string(number.substr(begin, end - begin))) + 1) +
         std::string(number.substr(end));
}

}  // namespace schemaudit
