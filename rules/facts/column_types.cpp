#include "rules/facts/column_types.h"

namespace schemaudit {

namespace {

/// A chain of domains longer than any schema has, shorter than a cycle.
constexpr int kMaxDomains = 32;

}  // namespace

std::string base_type(const Schema& schema, const Column& column) {
  return column.type ? base_type(schema, column.type->normal) : std::string();
}

std::string base_type(const Schema& schema, const std::string& normal) {
  std::string type = normal;
  for (int i = 0; i < kMaxDomains; ++i) {
    const Domain* domain = nullptr;
    for (const Domain& candidate : schema.domains)
      if (to_string(candidate.name) == type) domain = &candidate;
    if (!domain || !domain->base) break;
    type = domain->base->normal;
  }
  return without_modifier(type);
}

std::string without_modifier(const std::string& normal) {
  const std::size_t open = normal.find('(');
  if (open == std::string::npos) return normal;
  const std::size_t close = normal.find(')', open);
  if (close == std::string::npos) return normal;
  return normal.substr(0, open) + normal.substr(close + 1);
}

bool is_array(std::string_view base) {
  return base.size() > 2 && base.substr(base.size() - 2) == "[]";
}

bool is_text(std::string_view base) {
  return base == "text" || base == "character varying" || base == "character" ||
         bare_type(base) == "citext";
}

bool is_integer(std::string_view base) {
  return base == "smallint" || base == "integer" || base == "bigint";
}

bool is_float(std::string_view base) {
  return base == "real" || base == "double precision";
}

bool is_number(std::string_view base) {
  return is_integer(base) || is_float(base) || base == "numeric" || base == "money";
}

bool is_boolean(std::string_view base) {
  return base == "boolean";
}

bool is_point_in_time(std::string_view base) {
  return base == "date" || base == "timestamp with time zone" ||
         base == "timestamp without time zone";
}

std::string_view bare_type(std::string_view base) {
  const std::size_t dot = base.rfind('.');
  return dot == std::string_view::npos ? base : base.substr(dot + 1);
}

}  // namespace schemaudit
