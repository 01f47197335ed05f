#include "analyzer/sql/replay/partition_bounds.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <vector>

namespace schemaudit::replay {

namespace {

/// `a`, `b` of `(a, b)`, the parenthesis at `open`.
std::vector<std::string> listed(std::string_view text, std::size_t open) {
  std::vector<std::string> values;
  std::string value;
  bool in_string = false;
  int depth = 0;
  for (std::size_t i = open + 1; i < text.size(); ++i) {
    char c = text[i];
    if (c == '\'') in_string = !in_string;
    if (!in_string && c == '(') ++depth;
    if (!in_string && c == ')' && depth-- == 0) break;
    if (c == ',' && !in_string && depth == 0) {
      values.push_back(std::move(value));
      value.clear();
      ++i;
    } else {
      value += c;
    }
  }
  values.push_back(std::move(value));
  return values;
}

struct Range {
  std::vector<std::string> from, to;
};

std::optional<Range> range_of(std::string_view bound) {
  constexpr std::string_view kFrom = "FOR VALUES FROM ", kTo = ") TO (";
  if (!bound.starts_with(kFrom)) return std::nullopt;
  std::size_t to = bound.rfind(kTo);
  if (to == std::string_view::npos) return std::nullopt;
  return Range{listed(bound, kFrom.size()), listed(bound, to + kTo.size() - 1)};
}

struct Hash {
  long modulus = 0, remainder = 0;
};

std::optional<Hash> hash_of(const std::string& bound) {
  constexpr std::string_view kWith = "FOR VALUES WITH (modulus ", kRemainder = "remainder ";
  if (!bound.starts_with(kWith)) return std::nullopt;
  std::size_t at = bound.find(kRemainder);
  if (at == std::string::npos) return std::nullopt;
  return Hash{std::strtol(bound.c_str() + kWith.size(), nullptr, 10),
              std::strtol(bound.c_str() + at + kRemainder.size(), nullptr, 10)};
}

std::optional<double> number_of(const std::string& value) {
  if (value.empty() || value.size() > 15) return std::nullopt;
  char* end = nullptr;
  double number = std::strtod(value.c_str(), &end);
  if (*end != '\0') return std::nullopt;
  return number;
}

/// Whether strings like it stand in the order of their bytes in every collation and type: dates
/// and times, and small letters.
bool orders_by_bytes(const std::string& value) {
  return value.size() > 2 && value.front() == '\'' &&
         std::all_of(value.begin() + 1, value.end() - 1, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == ':' ||
                  c == ' ';
         });
}

bool has_letter(const std::string& value) {
  return std::any_of(value.begin(), value.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_digits(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Below, at or above zero; unset where it cannot be told.
std::optional<int> compare(const std::string& a, const std::string& b, bool text) {
  if (a == b) return 0;
  if (a == "MINVALUE" || b == "MAXVALUE") return -1;
  if (a == "MAXVALUE" || b == "MINVALUE") return 1;
  if (text && is_digits(a) && is_digits(b)) return a < b ? -1 : 1;
  if (text && (number_of(a) || number_of(b))) return std::nullopt;
  std::optional<double> left = number_of(a), right = number_of(b);
  if (left && right) return *left < *right ? -1 : *left > *right;
  if (!orders_by_bytes(a) || !orders_by_bytes(b)) return std::nullopt;
  // `'9'` and `'10'` may be numbers, letters beside signs in another order than that of bytes.
  bool letters = has_letter(a) && has_letter(b) && a.find_first_of("-: ") == std::string::npos &&
                 b.find_first_of("-: ") == std::string::npos;
  bool times = !has_letter(a) && !has_letter(b) && a.find('-') == 5 && b.find('-') == 5;
  if (!letters && !times) return std::nullopt;
  // A date is a prefix of the time at its midnight.
  return a.substr(0, a.size() - 1).compare(b.substr(0, b.size() - 1)) < 0 ? -1 : 1;
}

std::optional<int> compare(const std::vector<std::string>& a, const std::vector<std::string>& b,
                           const TextKeys& text) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    std::optional<int> order = compare(a[i], b[i], i < text.size() && text[i]);
    if (!order || *order != 0) return order;
    // What stands behind an end of the world does not count.
    if (a[i] == "MINVALUE" || a[i] == "MAXVALUE") return 0;
  }
  return 0;
}

}  // namespace

std::string fault_of_bound(const std::string& bound, const TextKeys& text) {
  if (std::optional<Range> range = range_of(bound)) {
    std::optional<int> order = compare(range->from, range->to, text);
    if (order && *order >= 0) return "empty range bound specified";
  }
  if (std::optional<Hash> hash = hash_of(bound)) {
    if (hash->modulus <= 0)
      return "modulus for hash partition must be an integer value greater than zero";
    if (hash->remainder >= hash->modulus)
      return "remainder for hash partition must be less than modulus";
  }
  return {};
}

bool bounds_overlap(const std::string& a, const std::string& b, const TextKeys& text) {
  if (a == b) return true;
  if (std::optional<Hash> left = hash_of(a), right = hash_of(b); left && right) {
    long common = std::min(left->modulus, right->modulus);
    return common > 0 && left->remainder % common == right->remainder % common;
  }
  if (std::optional<Range> left = range_of(a), right = range_of(b); left && right) {
    std::optional<int> below = compare(left->from, right->to, text);
    std::optional<int> above = compare(right->from, left->to, text);
    return below && above && *below < 0 && *above < 0;
  }
  constexpr std::string_view kIn = "FOR VALUES IN ";
  if (!a.starts_with(kIn) || !b.starts_with(kIn)) return false;
  // One value each, and not the same.
  if (a.find(',') == std::string::npos && b.find(',') == std::string::npos) return false;
  std::vector<std::string> values = listed(a, kIn.size());
  for (const std::string& value : listed(b, kIn.size()))
    if (std::find(values.begin(), values.end(), value) != values.end()) return true;
  return false;
}

bool moduli_clash(const std::string& a, const std::string& b) {
  std::optional<Hash> left = hash_of(a), right = hash_of(b);
  if (!left || !right || left->modulus <= 0 || right->modulus <= 0) return false;
  return std::max(left->modulus, right->modulus) % std::min(left->modulus, right->modulus) != 0;
}

}  // namespace schemaudit::replay
