#include "analyzer/comparison/type_match.h"

#include <string>

namespace schemaudit {

namespace {

/// `public.mood[]` -> `mood[]`; types of pg_catalog have no schema in their normal form.
std::string without_schema(const std::string& type) {
  std::size_t parenthesis = type.find('(');
  std::size_t dot = type.rfind('.', parenthesis == std::string::npos ? type.size() : parenthesis);
  return dot == std::string::npos ? type : type.substr(dot + 1);
}

std::string without_modifiers(const std::string& type) {
  std::size_t open = type.find('('), close = type.find(')');
  if (open == std::string::npos || close == std::string::npos) return type;
  return type.substr(0, open) + type.substr(close + 1);
}

std::string resolved_serial(const std::string& type) {
  if (type == "serial") return "integer";
  if (type == "bigserial") return "bigint";
  if (type == "smallserial") return "smallint";
  return type;
}

bool same_names(const std::string& a, const std::string& b) {
  if (a == b) return true;
  bool a_bare = without_schema(a) == a, b_bare = without_schema(b) == b;
  return a_bare != b_bare && without_schema(a) == without_schema(b);
}

bool is_time(const std::string& type) {
  return type.starts_with("timestamp") || type.starts_with("time ") || type.starts_with("time(");
}

bool loosely_same(const std::string& left, const std::string& right) {
  bool left_has_modifiers = left.find('(') != std::string::npos;
  std::string a = left, b = left_has_modifiers ? right : without_modifiers(right);
  if (same_names(a, b)) return true;
  // `timestamp` in prose says nothing of the zone; `timestamptz` does.
  if (is_time(a) && is_time(b) && a.ends_with("without time zone"))
    return a.substr(0, a.find(' ')) == b.substr(0, b.find(' '));
  // `varchar(255)` said with a length is a length; `interval` has fields.
  return a == "interval" && b.starts_with("interval");
}

}  // namespace

bool same_type(const Type& left, const Type& right, const Schema& right_schema) {
  std::string a = resolved_serial(left.normal), b = resolved_serial(right.normal);
  if (same_names(a, b)) return true;
  if (!left.loose && !right.loose) return false;
  if (left.loose ? loosely_same(a, b) : loosely_same(b, a)) return true;
  for (const Domain& domain : right_schema.domains)
    if (same_names(to_string(domain.name), b) && domain.base)
      return loosely_same(a, domain.base->normal);
  return false;
}

}  // namespace schemaudit
