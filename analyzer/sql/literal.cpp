#include "analyzer/sql/literal.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace schemaudit {

namespace {

bool is_number(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  bool digit = false, point = false;
  for (char c : text) {
    if (c >= '0' && c <= '9')
      digit = true;
    else if (c == '.' && !point)
      point = true;
    else
      return false;
  }
  return digit;
}

bool is_numeric_type(std::string_view type) {
  return type == "smallint" || type == "integer" || type == "bigint" || type == "real" ||
         type == "double precision" || type.starts_with("numeric");
}

}  // namespace

std::string quote_literal(std::string_view text) {
  std::string quoted = "'";
  for (char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + "'";
}

std::string unquote_literal(std::string_view literal) {
  std::string text;
  for (std::size_t i = 1; i + 1 < literal.size(); ++i) {
    text += literal[i];
    if (literal[i] == '\'') ++i;
  }
  return text;
}

std::string canonical_number(std::string_view digits) {
  std::string number(digits);
  if (number.find_first_of("eE") != std::string::npos) return number;
  bool negative = !number.empty() && number.front() == '-';
  if (negative || (!number.empty() && number.front() == '+')) number.erase(0, 1);
  if (number.find('.') != std::string::npos) {
    while (number.back() == '0') number.pop_back();
    if (number.back() == '.') number.pop_back();
  }
  std::size_t lead = number.find_first_not_of('0');
  if (lead == std::string::npos) return "0";
  number.erase(0, lead);
  if (number.front() == '.') number.insert(number.begin(), '0');
  if (negative) number.insert(number.begin(), '-');
  return number;
}

std::string canonical_literal(std::string_view text, const std::string& type) {
  if (is_numeric_type(type) && is_number(text)) return canonical_number(text);
  if (type == "boolean") {
    std::string folded(text);
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const char* yes : {"t", "true", "y", "yes", "on", "1"})
      if (folded == yes) return "true";
    for (const char* no : {"f", "false", "n", "no", "off", "0"})
      if (folded == no) return "false";
  }
  if (type == "jsonb" || type == "json") {
    nlohmann::json value = nlohmann::json::parse(text, nullptr, false);
    if (!value.is_discarded())
      return quote_literal(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  }
  if (type == "regclass") return quote_literal(text.substr(text.rfind('.') + 1));
  if (type.starts_with("timestamp") || type == "date") {
    for (std::string_view midnight : {" 00:00:00+00", " 00:00:00"})
      if (text.ends_with(midnight)) text.remove_suffix(midnight.size());
  }
  return quote_literal(text);
}

bool plain_array_elements(std::string_view literal, std::vector<std::string>& elements) {
  if (literal.size() < 2 || literal.front() != '{' || literal.back() != '}') return false;
  literal = literal.substr(1, literal.size() - 2);
  if (literal.find_first_of("{}\"\\") != std::string_view::npos) return false;
  while (!literal.empty()) {
    std::size_t comma = std::min(literal.find(','), literal.size());
    elements.push_back(quote_literal(literal.substr(0, comma)));
    literal.remove_prefix(std::min(comma + 1, literal.size()));
  }
  return true;
}

bool split_literals(std::string_view list, std::vector<std::string>& values) {
  std::size_t at = 0;
  while (at < list.size()) {
    if (list[at] == '\'') {
      std::size_t end = at + 1;
      while (end < list.size() &&
             (list[end] != '\'' || (end + 1 < list.size() && list[end + 1] == '\'')))
        end += list[end] == '\'' ? 2 : 1;
      if (end >= list.size()) return false;
      values.push_back(unquote_literal(list.substr(at, end + 1 - at)));
      at = end + 1;
    } else {
      std::size_t end = std::min(list.find(", ", at), list.size());
      std::string_view bare = list.substr(at, end - at);
      if (!is_number(bare) && bare != "true" && bare != "false" && bare != "null") return false;
      if (bare != "null") values.emplace_back(bare);
      at = end;
    }
    if (at < list.size()) {
      if (list.substr(at, 2) != ", ") return false;
      at += 2;
    }
  }
  return !values.empty();
}

}  // namespace schemaudit
