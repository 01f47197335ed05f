#include "rules/facts/type_changes.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

namespace schemaudit {

namespace {

struct Parts {
  std::string name;
  bool has_modifier = false;
  int first = 0;
  int second = 0;
};

/// `timestamp(3) with time zone` is `timestamp with time zone` with the modifier 3.
Parts parts_of(std::string_view type) {
  Parts parts;
  const std::size_t open = type.find('('), close = type.find(')');
  if (open == std::string_view::npos || close == std::string_view::npos) {
    parts.name = type;
    return parts;
  }
  parts.name = std::string(type.substr(0, open)) + std::string(type.substr(close + 1));
  parts.has_modifier = true;
  const std::string modifier(type.substr(open + 1, close - open - 1));
  parts.first = std::atoi(modifier.c_str());
  if (std::size_t comma = modifier.find(','); comma != std::string::npos)
    parts.second = std::atoi(modifier.c_str() + comma + 1);
  return parts;
}

bool is_known(const std::string& name) {
  // Each stores its values unlike all others of the list, but for text and varchar.
  static constexpr std::array<std::string_view, 20> kNames = {"bigint",
                                                              "boolean",
                                                              "bytea",
                                                              "character",
                                                              "character varying",
                                                              "date",
                                                              "double precision",
                                                              "inet",
                                                              "integer",
                                                              "interval",
                                                              "json",
                                                              "jsonb",
                                                              "numeric",
                                                              "real",
                                                              "smallint",
                                                              "text",
                                                              "time without time zone",
                                                              "timestamp with time zone",
                                                              "timestamp without time zone",
                                                              "uuid"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool is_text(const std::string& name) {
  return name == "text" || name == "character varying";
}

}  // namespace

bool rewrites_table(std::string_view before, std::string_view after) {
  const Parts from = parts_of(before), to = parts_of(after);
  if (!is_known(from.name) || !is_known(to.name)) return false;
  if (is_text(from.name) && is_text(to.name))
    return to.has_modifier && !(from.has_modifier && from.first <= to.first);
  if (from.name != to.name)
    return !(from.name.rfind("timestamp", 0) == 0 && to.name.rfind("timestamp", 0) == 0);
  if (from.name == "numeric")
    return to.has_modifier &&
           !(from.has_modifier && from.first <= to.first && from.second == to.second);
  if (from.name == "character")
    return (from.has_modifier ? from.first : 1) != (to.has_modifier ? to.first : 1);
  return false;
}

}  // namespace schemaudit
