#include "analyzer/sql/literal.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/structured_literal.h"
#include "analyzer/sql/time_literal.h"

namespace schemaudit {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) {
  auto space = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}

/// `-12.5e3`
bool is_number(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  bool digit = false, point = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (is_digit(c)) {
      digit = true;
    } else if (c == '.' && !point) {
      point = true;
    } else if ((c == 'e' || c == 'E') && digit) {
      std::string_view exponent = text.substr(i + 1);
      if (!exponent.empty() && (exponent.front() == '-' || exponent.front() == '+'))
        exponent.remove_prefix(1);
      return !exponent.empty() && std::all_of(exponent.begin(), exponent.end(), is_digit);
    } else {
      return false;
    }
  }
  return digit;
}

std::string folded(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

/// `1.25e3` -> `1250`; unset where the exponent is too large to write the digits out.
std::optional<std::string> without_exponent(std::string_view number) {
  std::size_t e = number.find_first_of("eE");
  if (e == std::string_view::npos) return std::string(number);
  std::string_view power = number.substr(e + 1);
  if (!power.empty() && power.front() == '+') power.remove_prefix(1);
  int exponent = 0;
  auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), exponent);
  if (error != std::errc() || end != power.data() + power.size() || std::abs(exponent) > 400)
    return std::nullopt;
  std::string digits(number.substr(0, e)), sign;
  if (digits.front() == '-' || digits.front() == '+') {
    sign = digits.front() == '-' ? "-" : "";
    digits.erase(0, 1);
  }
  std::size_t point = std::min(digits.find('.'), digits.size());
  if (point < digits.size()) digits.erase(point, 1);
  long place = static_cast<long>(point) + exponent;
  if (place < 0) {
    digits.insert(0, static_cast<std::size_t>(-place), '0');
    place = 0;
  }
  auto at = static_cast<std::size_t>(place);
  if (at > digits.size()) digits.append(at - digits.size(), '0');
  if (at < digits.size()) digits.insert(at, at == 0 ? "0." : ".");
  return sign + digits;
}

std::optional<std::string> canonical_boolean(std::string_view text) {
  std::string word = folded(trimmed(text));
  if (word.empty()) return std::nullopt;
  if (word == "1" || word == "on" || std::string_view("true").starts_with(word) ||
      std::string_view("yes").starts_with(word))
    return "true";
  if (word == "0" || word == "of" || word == "off" || std::string_view("false").starts_with(word) ||
      std::string_view("no").starts_with(word))
    return "false";
  return std::nullopt;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

/// The numbers between the parentheses of a type.
std::vector<int> modifiers_of(std::string_view type) {
  std::vector<int> modifiers;
  std::size_t at = type.find('(');
  while (at != std::string_view::npos && at < type.size() && type[at] != ')') {
    int value = 0;
    auto [end, error] = std::from_chars(type.data() + at + 1, type.data() + type.size(), value);
    if (error != std::errc()) return {};
    modifiers.push_back(value);
    at = static_cast<std::size_t>(end - type.data());
  }
  return modifiers;
}

/// `public."a.b"` -> a.b
std::string last_name(std::string_view text) {
  std::string name;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' && inside && i + 1 < text.size() && text[i + 1] == '"') {
      name += text[i++];
    } else if (text[i] == '"') {
      inside = !inside;
    } else if (text[i] == '.' && !inside) {
      name.clear();
    } else {
      name += text[i];
    }
  }
  return name;
}

}  // namespace

std::string quote_literal(std::string_view text) {
  std::string quoted;
  quoted.reserve(text.size() + 2);
  quoted += '\'';
  for (char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  quoted += '\'';
  return quoted;
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
  std::optional<std::string> plain = without_exponent(digits);
  if (!plain) return std::string(digits);
  std::string number = std::move(*plain);
  number.erase(std::remove(number.begin(), number.end(), '_'), number.end());
  bool negative = !number.empty() && number.front() == '-';
  if (negative || (!number.empty() && number.front() == '+')) number.erase(0, 1);
  if (number.find('.') != std::string::npos) {
    while (number.back() == '0') number.pop_back();
    if (number.back() == '.') number.pop_back();
  }
  std::size_t lead = number.find_first_not_of('0');
  if (lead == std::string::npos) return "0";
  // 0x1F and its like (PostgreSQL 16) stay as they are.
  if (lead > 0 && std::isalpha(static_cast<unsigned char>(number[lead]))) return number;
  number.erase(0, lead);
  if (number.front() == '.') number.insert(number.begin(), '0');
  if (negative) number.insert(number.begin(), '-');
  return number;
}

std::string canonical_literal(std::string_view text, std::string_view type, bool* decided) {
  const TypeId id = builtin_type(type);
  auto quoted_or = [&](const std::optional<std::string>& canonical, bool undecided = false) {
    if (!canonical && undecided && decided) *decided = false;
    return quote_literal(canonical ? std::string_view(*canonical) : text);
  };
  if (id == kNoType || id == kText || id == kVarchar || id == kUnknownLiteral)
    return quote_literal(text);
  if (is_numeric_type(id) || id == 26) {
    std::string_view number = trimmed(text);
    if (is_number(number)) return canonical_number(number);
    std::string word = folded(number);
    if (word == "nan") return "'NaN'";
    if (word == "inf" || word == "infinity" || word == "+infinity") return "'Infinity'";
    if (word == "-inf" || word == "-infinity") return "'-Infinity'";
    return quote_literal(text);
  }
  switch (id) {
    case kBoolean:
      if (std::optional<std::string> value = canonical_boolean(text)) return *value;
      return quote_literal(text);
    case kJsonb:
      return quoted_or(canonical_json(text));
    case kInterval:
      return quoted_or(canonical_interval(text, type), true);
    case kDate:
    case kTimestamp:
    case kTimestampTz:
    case 1083:  // time
    case 1266:  // time with time zone
      return quoted_or(canonical_time(text, type), true);
    case 2205:  // regclass
      return quote_literal(last_name(text));
    case 17:
      return quoted_or(canonical_bytes(text));
    case 2950:
      return quoted_or(canonical_uuid(text));
    case 790:   // money
    case 3614:  // tsvector
    case 3615:  // tsquery
      if (decided) *decided = false;
      return quote_literal(text);
    case 869:  // inet
      if (text.ends_with("/32") && text.find(':') == std::string_view::npos) text.remove_suffix(3);
      return quote_literal(text);
    default:
      break;
  }
  if (type_category(id) == 'A')
    return quoted_or(canonical_array(text, builtin_type_name(element_of(id)), decided));
  if (type_category(id) == 'G') {
    std::string solid(text);
    solid.erase(std::remove(solid.begin(), solid.end(), ' '), solid.end());
    return quote_literal(solid);
  }
  if (type_category(id) == 'R') return quoted_or(canonical_range(text, type, decided));
  return quote_literal(text);
}

bool fits_modifiers(std::string_view literal, std::string_view type) {
  std::vector<int> modifiers = modifiers_of(type);
  if (modifiers.empty()) return type.find('(') == std::string_view::npos;
  switch (builtin_type(type)) {
    // The blanks with which character(n) fills up do not count.
    case kBpchar:
    case kVarchar:
      return characters(literal) <= static_cast<std::size_t>(modifiers[0]);
    case 1560:  // bit
      return characters(literal) == static_cast<std::size_t>(modifiers[0]);
    case 1562:  // bit varying
      return literal.size() <= static_cast<std::size_t>(modifiers[0]);
    case kNumeric: {
      if (modifiers.size() != 2 || !is_number(literal)) return false;
      std::string number = canonical_number(literal);
      std::size_t point = number.find('.');
      return point == std::string::npos ||
             number.size() - point - 1 <= static_cast<std::size_t>(std::max(modifiers[1], 0));
    }
    // Rounded when the literal is read, by canonical_literal().
    case kTimestamp:
    case kTimestampTz:
    case kInterval:
    case 1083:
    case 1266:
      return true;
    default:
      return false;
  }
}

std::optional<std::vector<std::string>> array_literal_elements(std::string_view literal) {
  std::optional<std::string> canonical = canonical_array(literal, "text", nullptr);
  if (!canonical) return std::nullopt;
  std::vector<std::string> elements;
  std::string_view rest = std::string_view(*canonical).substr(1, canonical->size() - 2);
  while (!rest.empty()) {
    std::string element;
    if (rest.front() == '{') return std::nullopt;
    if (rest.front() == '"') {
      std::size_t at = 1;
      for (; rest[at] != '"'; ++at) {
        if (rest[at] == '\\') ++at;
        element += rest[at];
      }
      rest.remove_prefix(at + 1);
    } else {
      element = rest.substr(0, rest.find(','));
      rest.remove_prefix(element.size());
      if (element == "NULL") return std::nullopt;
    }
    elements.push_back(std::move(element));
    if (!rest.empty()) rest.remove_prefix(1);
  }
  return elements;
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
