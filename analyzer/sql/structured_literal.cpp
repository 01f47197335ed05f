#include "analyzer/sql/structured_literal.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/literal.h"
#include "analyzer/sql/time_literal.h"

namespace schemaudit {

namespace {

using Json = nlohmann::json;

bool is_space(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}

/// Notices numbers that a double does not hold: PostgreSQL keeps all their digits.
struct NumberCheck : nlohmann::json_sax<Json> {
  bool exact = true;

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t& digits) override {
    exact = exact && digits.size() <= 15 && digits.find_first_of("eE") == std::string::npos;
    return true;
  }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
    return false;
  }
};

/// Reads an array literal as array_in() does and prints it as array_out().
class ArrayReader {
 public:
  ArrayReader(std::string_view text, std::string_view element_type, bool* decided)
      : text_(text), element_type_(element_type), decided_(decided) {}

  std::optional<std::string> read() {
    std::string shown;
    skip_space();
    if (!array(shown, 0)) return std::nullopt;
    skip_space();
    if (at_ != text_.size()) return std::nullopt;
    return shown;
  }

 private:
  bool array(std::string& shown, int depth) {
    if (depth > 6 || !take('{')) return false;
    shown += '{';
    skip_space();
    if (take('}')) {
      shown += '}';
      return true;
    }
    for (bool first = true;; first = false) {
      skip_space();
      if (!first) shown += ',';
      if (at_ < text_.size() && text_[at_] == '{') {
        if (!array(shown, depth + 1)) return false;
      } else if (!element(shown)) {
        return false;
      }
      skip_space();
      if (take('}')) break;
      if (!take(',')) return false;
    }
    shown += '}';
    return true;
  }

  bool element(std::string& shown) {
    std::string value;
    bool quoted = take('"');
    if (quoted) {
      while (at_ < text_.size() && text_[at_] != '"') {
        if (text_[at_] == '\\') ++at_;
        if (at_ < text_.size()) value += text_[at_++];
      }
      if (!take('"')) return false;
    } else {
      std::size_t solid = 0;
      while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '}' && text_[at_] != '{') {
        bool escaped = text_[at_] == '\\';
        if (escaped && ++at_ == text_.size()) return false;
        bool space = !escaped && is_space(text_[at_]);
        value += text_[at_++];
        if (!space) solid = value.size();
      }
      value.resize(solid);
      if (value.empty()) return false;
      if (value.size() == 4 && std::equal(value.begin(), value.end(), "null", [](char a, char b) {
            return std::tolower(static_cast<unsigned char>(a)) == b;
          })) {
        shown += "NULL";
        return true;
      }
    }
    append(shown, value);
    return true;
  }

  void append(std::string& shown, const std::string& value) {
    std::string canonical = canonical_literal(value, element_type_, decided_);
    if (!canonical.empty() && canonical.front() == '\'') canonical = unquote_literal(canonical);
    bool plain = !canonical.empty() && canonical != "NULL" && canonical != "null" &&
                 std::none_of(canonical.begin(), canonical.end(), [](char c) {
                   return c == '{' || c == '}' || c == ',' || c == '"' || c == '\\' || is_space(c);
                 });
    if (plain) {
      shown += canonical;
      return;
    }
    shown += '"';
    for (char c : canonical) {
      if (c == '"' || c == '\\') shown += '\\';
      shown += c;
    }
    shown += '"';
  }

  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  std::string_view text_, element_type_;
  bool* decided_;
  std::size_t at_ = 0;
};

/// The value after this one in a type whose values can be counted; unset in others.
std::optional<std::string> following(const std::string& bound, std::string_view subtype) {
  if (subtype == "date") return next_day(bound);
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(bound.data(), bound.data() + bound.size(), value);
  if (error != std::errc() || end != bound.data() + bound.size() || value == INT64_MAX)
    return std::nullopt;
  return std::to_string(value + 1);
}

}  // namespace

std::optional<std::string> canonical_json(std::string_view text) {
  NumberCheck check;
  if (!Json::sax_parse(text, &check) || !check.exact) return std::nullopt;
  Json value = Json::parse(text, nullptr, false);
  if (value.is_discarded()) return std::nullopt;
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<std::string> canonical_array(std::string_view text, std::string_view element_type,
                                           bool* decided) {
  return ArrayReader(text, element_type, decided).read();
}

std::optional<std::string> canonical_range(std::string_view text, std::string_view range_type,
                                           bool* decided) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  if (text.size() == 5 && (text[0] == 'e' || text[0] == 'E')) return "empty";
  if (text.size() < 3) return std::nullopt;
  char open = text.front(), close = text.back();
  if ((open != '[' && open != '(') || (close != ']' && close != ')')) return std::nullopt;
  std::string_view inside = text.substr(1, text.size() - 2);
  std::size_t comma = inside.find(',');
  if (comma == std::string_view::npos || inside.find_first_of("\"\\") != std::string_view::npos ||
      inside.find(',', comma + 1) != std::string_view::npos)
    return std::nullopt;
  const std::string_view subtype = builtin_type_name(range_subtype(builtin_type(range_type)));
  auto bound = [&](std::string_view part) {
    if (part.empty()) return std::string();
    std::string canonical = canonical_literal(part, subtype, decided);
    return canonical.front() == '\'' ? unquote_literal(canonical) : canonical;
  };
  std::string from = bound(inside.substr(0, comma)), to = bound(inside.substr(comma + 1));
  bool counted = subtype == "integer" || subtype == "bigint" || subtype == "date";
  if (counted && open == '(' && !from.empty()) {
    std::optional<std::string> next = following(from, subtype);
    if (!next) return std::nullopt;
    from = *next;
    open = '[';
  }
  if (counted && close == ']' && !to.empty()) {
    std::optional<std::string> next = following(to, subtype);
    if (!next) return std::nullopt;
    to = *next;
    close = ')';
  }
  if (from.empty()) open = '(';
  if (to.empty()) close = ')';
  if (!from.empty() && from == to && (open == '(' || close == ')')) return "empty";
  return open + from + "," + to + close;
}

std::optional<std::string> canonical_bytes(std::string_view text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string shown = "\\x";
  auto add = [&](unsigned byte) {
    shown += kDigits[byte >> 4 & 15];
    shown += kDigits[byte & 15];
  };
  if (text.starts_with("\\x")) {
    for (char c : text.substr(2)) {
      if (is_space(c)) continue;
      if (!std::isxdigit(static_cast<unsigned char>(c))) return std::nullopt;
      shown += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return shown;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      add(static_cast<unsigned char>(text[i]));
    } else if (i + 1 < text.size() && text[i + 1] == '\\') {
      add('\\');
      ++i;
    } else {
      unsigned byte = 0;
      if (i + 3 >= text.size()) return std::nullopt;
      for (int digit = 0; digit < 3; ++digit) {
        char c = text[++i];
        if (c < '0' || c > '7') return std::nullopt;
        byte = byte * 8 + static_cast<unsigned>(c - '0');
      }
      add(byte);
    }
  }
  return shown;
}

std::optional<std::string> canonical_uuid(std::string_view text) {
  std::string digits;
  for (char c : text) {
    if (c == '-' || c == '{' || c == '}') continue;
    if (!std::isxdigit(static_cast<unsigned char>(c))) return std::nullopt;
    digits += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (digits.size() != 32) return std::nullopt;
  for (std::size_t at : {20, 16, 12, 8}) digits.insert(at, "-");
  return digits;
}

}  // namespace schemaudit
