#include "analyzer/sql/literal_fault.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "analyzer/model/names.h"

namespace schemaudit {

namespace {

constexpr TypeId kOid = 26, kUuid = 2950;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\v\f\r";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

enum class Reading { taken, syntax, range };

Reading read_whole_number(std::string_view text, std::int64_t least, std::int64_t most) {
  text = trimmed(text);
  std::string_view digits = text;
  if (!digits.empty() && (digits.front() == '-' || digits.front() == '+')) digits.remove_prefix(1);
  // PostgreSQL 16 and newer take 0xFF and 1_000, too.
  if (digits.find('_') != std::string_view::npos) return Reading::taken;
  if (digits.size() > 2 && digits[0] == '0' && !is_digit(digits[1])) return Reading::taken;
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit))
    return Reading::syntax;
  if (text.front() == '+') text.remove_prefix(1);
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec != std::errc() || value < least || value > most ? Reading::range : Reading::taken;
}

/// parse_bool_with_len(): the words and what they may be cut to.
bool is_boolean(std::string_view text) {
  const std::string word = fold_case(trimmed(text));
  if (word.empty()) return false;
  for (std::string_view whole : {"true", "false", "yes", "no"})
    if (whole.starts_with(word)) return true;
  return word == "on" || word == "off" || word == "of" || word == "0" || word == "1";
}

/// Thirty-two digits, a hyphen allowed behind every four, braces around them.
bool is_uuid(std::string_view text) {
  if (text.starts_with('{')) {
    if (!text.ends_with('}')) return false;
    text = text.substr(1, text.size() - 2);
  }
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool hex = is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (hex) {
      ++digits;
    } else if (c != '-' || digits == 0 || digits % 4 != 0 || digits >= 32 || text[i - 1] == '-') {
      return false;
    }
  }
  return digits == 32;
}

bool is_number(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  const std::string word = fold_case(text);
  // PostgreSQL 16 and newer take 0xFF and 1_000, too.
  if (word == "nan" || word == "inf" || word == "infinity" ||
      (word.find('_') != std::string::npos && is_digit(word[0])) || word.starts_with("0x") ||
      word.starts_with("0o") || word.starts_with("0b"))
    return true;
  std::size_t at = 0, digits = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) ++digits;
  if (at < text.size() && text[at] == '.')
    for (++at; at < text.size() && is_digit(text[at]); ++at) ++digits;
  if (digits == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    if (++at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (at == text.size()) return false;
    while (at < text.size() && is_digit(text[at])) ++at;
  }
  return at == text.size();
}

/// Every date and time but a few words has a digit in it.
bool may_be_time(std::string_view text) {
  const std::string word = fold_case(trimmed(text));
  for (std::string_view known :
       {"now", "today", "tomorrow", "yesterday", "epoch", "infinity", "allballs"})
    if (word.find(known) != std::string::npos) return true;
  return std::any_of(word.begin(), word.end(), is_digit) && !is_uuid(word);
}

/// What every literal of the type begins with; of other types nothing is told.
bool begins_as(std::string_view text, TypeId type) {
  text = trimmed(text);
  const auto begins = [&](std::string_view letters) {
    return !text.empty() && letters.find(text.front()) != std::string_view::npos;
  };
  if (type == kJson || type == kJsonb) return begins("{[\"-0123456789tfn");
  constexpr TypeId kInt2Vector = 22, kOidVector = 30;
  if (element_of(type) != kNoType && type_category(type) == 'A')
    return type == kInt2Vector || type == kOidVector || begins("{[");
  if (type_category(type) == 'R') return begins("[({") || fold_case(text) == "empty";
  return true;
}

}  // namespace

std::string fault_of_literal(std::string_view text, TypeId type) {
  Reading reading = Reading::taken;
  if (type == kSmallint) reading = read_whole_number(text, INT16_MIN, INT16_MAX);
  if (type == kInteger) reading = read_whole_number(text, INT32_MIN, INT32_MAX);
  if (type == kBigint) reading = read_whole_number(text, INT64_MIN, INT64_MAX);
  if (type == kOid) reading = read_whole_number(text, INT32_MIN, UINT32_MAX);
  const bool is_time = type_category(type) == 'D' || type_category(type) == 'T';
  if ((type == kBoolean && !is_boolean(text)) || (type == kUuid && !is_uuid(text)) ||
      ((type == kNumeric || type == kReal || type == kDouble) && !is_number(text)) ||
      (is_time && !may_be_time(text)) || !begins_as(text, type))
    reading = Reading::syntax;
  const std::string shown = "\"" + std::string(text) + "\"";
  const std::string name(builtin_type_name(type));
  if (reading == Reading::syntax) return "invalid input syntax for type " + name + ": " + shown;
  if (reading == Reading::range) return "value " + shown + " is out of range for type " + name;
  return {};
}

}  // namespace schemaudit
