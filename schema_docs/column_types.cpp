#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "analyzer/model/names.h"
#include "analyzer/sql/normal_form.h"
#include "schema_docs/column_words.h"
#include "schema_docs/prose_words.h"
#include "schema_docs/word_bytes.h"

namespace schemaudit {

namespace {

constexpr std::array<std::string_view, 66> kTypes = {"smallint",
                                                     "int2",
                                                     "integer",
                                                     "int",
                                                     "int4",
                                                     "bigint",
                                                     "int8",
                                                     "serial",
                                                     "serial2",
                                                     "serial4",
                                                     "serial8",
                                                     "bigserial",
                                                     "smallserial",
                                                     "real",
                                                     "float4",
                                                     "float8",
                                                     "float",
                                                     "double precision",
                                                     "double",
                                                     "numeric",
                                                     "decimal",
                                                     "money",
                                                     "text",
                                                     "varchar",
                                                     "char",
                                                     "character varying",
                                                     "bpchar",
                                                     "citext",
                                                     "bytea",
                                                     "boolean",
                                                     "bool",
                                                     "date",
                                                     "time",
                                                     "timetz",
                                                     "timestamp",
                                                     "timestamptz",
                                                     "interval",
                                                     "uuid",
                                                     "json",
                                                     "jsonb",
                                                     "xml",
                                                     "inet",
                                                     "cidr",
                                                     "macaddr",
                                                     "macaddr8",
                                                     "bit varying",
                                                     "varbit",
                                                     "tsvector",
                                                     "tsquery",
                                                     "int4range",
                                                     "int8range",
                                                     "numrange",
                                                     "tsrange",
                                                     "tstzrange",
                                                     "daterange",
                                                     "int4multirange",
                                                     "int8multirange",
                                                     "tstzmultirange",
                                                     "oid",
                                                     "vector",
                                                     "halfvec",
                                                     "sparsevec",
                                                     "hstore",
                                                     "ltree",
                                                     "geometry",
                                                     "geography"};

/// Types whose names are everyday words: read only where a type is expected.
constexpr std::array<std::string_view, 9> kEverydayTypes = {
    "name", "line", "path", "box", "point", "circle", "character", "bit", "polygon"};

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

/// The end of `(10, 4)` at `at`, or `at` where none stands there.
std::size_t past_modifier(std::string_view text, std::size_t at) {
  std::size_t open = skip_spaces(text, at);
  if (open >= text.size() || text[open] != '(') return at;
  std::optional<std::string_view> inside = inside_parentheses(text, open);
  if (!inside || inside->empty()) return at;
  bool arguments = inside->find_first_not_of("0123456789, ") == std::string_view::npos;
  // geometry(Point, 4326)
  bool words = text.size() > 3 && (starts_with(text, "geom") || starts_with(text, "geog"));
  return arguments || words ? open + inside->size() + 2 : at;
}

std::size_t past_zone(std::string_view folded, std::size_t at) {
  for (std::string_view zone :
       {std::string_view("with time zone"), std::string_view("without time zone")}) {
    std::size_t begin = skip_spaces(folded, at);
    if (begin > at && starts_with(folded.substr(begin), zone)) return begin + zone.size();
  }
  return at;
}

std::size_t past_brackets(std::string_view text, std::size_t at) {
  while (at + 1 < text.size() && text[at] == '[') {
    std::size_t close = text.find(']', at);
    if (close == std::string_view::npos ||
        text.substr(at + 1, close - at - 1).find_first_not_of("0123456789") !=
            std::string_view::npos)
      break;
    at = close + 1;
  }
  return at;
}

/// What the words mean, by themselves: most cells hold one of them, and the parser is slow.
const std::map<std::string, std::optional<Type>, std::less<>>& plain_types() {
  static const auto types = [] {
    std::map<std::string, std::optional<Type>, std::less<>> read;
    for (std::string_view word : kTypes) read.emplace(word, normalise_type(word));
    for (std::string_view word : kEverydayTypes) read.emplace(word, normalise_type(word));
    read["double"] = normalise_type("double precision");
    for (const char* zoned : {"timestamp with time zone", "timestamp without time zone",
                              "time with time zone", "time without time zone"})
      read.emplace(zoned, normalise_type(zoned));
    return read;
  }();
  return types;
}

/// The number that `text` begins with, off its front; empty where it is not as PostgreSQL prints
/// it.
std::string_view take_number(std::string_view& text) {
  text = trim(text);
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view number = text.substr(0, end);
  if (number.empty() || number.size() > 9 || (number.size() > 1 && number[0] == '0')) return {};
  text = trim(text.substr(end));
  return number;
}

/// `varchar(255)` and `numeric(12, 2)`, of which documents are full, without the parser; unset for
/// all others.
std::optional<Type> common_type_with_modifier(std::string_view folded) {
  const std::size_t open = folded.find('(');
  if (open == std::string_view::npos || folded.back() != ')') return std::nullopt;
  const std::string_view word = trim(folded.substr(0, open));
  std::string_view inside = folded.substr(open + 1, folded.size() - open - 2);
  const std::string_view first = take_number(inside);
  if (first.empty() || first == "0") return std::nullopt;
  std::string normal;
  if (word == "varchar" || word == "character varying") {
    normal = "character varying(" + std::string(first) + ")";
  } else if ((word == "numeric" || word == "decimal") && inside.starts_with(",")) {
    inside.remove_prefix(1);
    const std::string_view scale = take_number(inside);
    if (scale.empty()) return std::nullopt;
    normal = "numeric(" + std::string(first) + "," + std::string(scale) + ")";
  }
  if (normal.empty() || !inside.empty()) return std::nullopt;
  return Type{std::string(folded), normal, false};
}

}  // namespace

std::size_t type_prefix(std::string_view text, bool type_cell) {
  std::string folded = fold_case(text);
  std::size_t length = 0;
  auto consider = [&](std::string_view type) {
    if (folded.empty() || folded.front() != type.front() || !starts_with(folded, type)) return;
    if (type.size() < folded.size() && is_word_byte(folded[type.size()])) return;
    length = std::max(length, type.size());
  };
  for (std::string_view type : kTypes) consider(type);
  if (type_cell)
    for (std::string_view type : kEverydayTypes) consider(type);
  if (length == 0) return 0;
  std::size_t end = past_modifier(folded, length);
  if (starts_with(folded, "time")) end = past_zone(folded, end);
  return past_brackets(folded, end);
}

std::optional<Type> read_plain_type(std::string_view text, bool type_cell) {
  text = trim(text);
  std::size_t length = type_prefix(text, type_cell);
  if (length == 0 || length != text.size()) return std::nullopt;
  std::string folded = fold_case(text);
  const auto& plain = plain_types();
  const auto known = plain.find(folded);
  std::optional<Type> type =
      known != plain.end() ? known->second : common_type_with_modifier(folded);
  if (!type && known == plain.end()) type = normalise_type(std::string(text));
  if (!type) return std::nullopt;
  type->text = std::string(text);
  type->loose = true;
  return type;
}

}  // namespace schemaudit
