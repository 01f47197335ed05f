#include "rules/facts/wanted_type.h"

#include "rules/facts/column_types.h"

namespace schemaudit {

namespace {

std::string without_serial(const std::string& type) {
  if (type == "serial" || type == "serial4") return "integer";
  if (type == "bigserial" || type == "serial8") return "bigint";
  if (type == "smallserial" || type == "serial2") return "smallint";
  return type;
}

bool is_named(const std::string& type, const std::string& wanted) {
  if (type == wanted) return true;
  // An extension's type is told with its schema, and seldom written with it.
  return wanted.find('.') == std::string::npos && bare_type(type) == wanted;
}

}  // namespace

bool is_of_type(const Schema& schema, const std::string& type, const std::string& wanted_type) {
  const std::string wanted = without_serial(wanted_type);
  const bool exact = wanted.find('(') != std::string::npos;
  // A chain of domains longer than any schema has, shorter than a cycle.
  std::string at = type;
  for (int i = 0; i < 32; ++i) {
    if (is_named(exact ? at : without_modifier(at), wanted)) return true;
    const Domain* next = nullptr;
    for (const Domain& domain : schema.domains)
      if (to_string(domain.name) == at) next = &domain;
    if (!next || !next->base) return false;
    at = next->base->normal;
  }
  return false;
}

const TypesPolicy::Wanted* wanted_for(const TypesPolicy& policy, const Relation& relation,
                                      const Column& column) {
  const TypesPolicy::Wanted* last = nullptr;
  for (const TypesPolicy::Wanted& wanted : policy.wanted)
    if (wanted.columns.matches(relation.name, column.name) &&
        (!last || last->columns.origin < wanted.columns.origin))
      last = &wanted;
  return last;
}

}  // namespace schemaudit
