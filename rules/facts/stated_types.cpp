#include "rules/facts/stated_types.h"

#include <utility>

#include "rules/facts/column_types.h"
#include "rules/facts/object_refs.h"
#include "rules/facts/rule_settings.h"
#include "rules/facts/tables.h"

namespace schemaudit {

namespace {

std::string element_of(std::string bare) {
  while (is_array(bare)) bare.resize(bare.size() - 2);
  return bare;
}

void state(StatedType stated, const Type& type, std::vector<StatedType>& all) {
  stated.normal = type.normal;
  stated.bare = without_modifier(type.normal);
  stated.element = element_of(stated.bare);
  all.push_back(std::move(stated));
}

bool breaks(const StatedType& stated, const TypesPolicy::Forbidden& forbidden) {
  if (forbidden.text.find('(') != std::string::npos) return stated.normal == forbidden.type;
  const std::string type = without_modifier(forbidden.type);
  const std::string& own = is_array(type) ? stated.bare : stated.element;
  if (own == type) return true;
  // An extension's type is told with its schema, and seldom written with it.
  return type.find('.') == std::string::npos && bare_type(own) == type;
}

}  // namespace

std::vector<StatedType> stated_types(const Schema& schema) {
  std::vector<StatedType> all;
  for (const Relation& relation : schema.relations) {
    if (!keeps_rows(relation)) continue;
    for (const Column& column : relation.columns)
      if (column.type && !column.inherited)
        state({.relation = &relation, .column = &column}, *column.type, all);
  }
  for (const Domain& domain : schema.domains)
    if (domain.base) state({.domain = &domain}, *domain.base, all);
  return all;
}

std::string name_of(const StatedType& stated) {
  if (stated.domain) return "Domain " + to_string(stated.domain->name);
  return name_of(*stated.relation, *stated.column);
}

const TypesPolicy::Forbidden* forbidden_by(const SchemaContext& context, const StatedType& stated) {
  if (!context.policy().types) return nullptr;
  for (const TypesPolicy::Forbidden& forbidden : context.policy().types->forbidden)
    if (breaks(stated, forbidden)) return &forbidden;
  return nullptr;
}

bool is_told_as_forbidden(const SchemaContext& context, const StatedType& stated) {
  return forbidden_by(context, stated) && lets_speak(context.config(), "forbidden-type", "types");
}

}  // namespace schemaudit
