#include "rules/facts/stated_types.h"

#include <utility>

#include "rules/facts/column_types.h"
#include "rules/facts/rule_settings.h"
#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

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

Finding start_finding(const SchemaContext& context, const RuleInfo& rule, const StatedType& stated,
                      const Origin& policy) {
  ObjectRef object;
  Origin origin;
  std::string evidence;
  if (stated.domain) {
    const QualifiedName& name = stated.domain->name;
    object = {"domain", name.schema, {}, name.name};
    origin = stated.domain->origin;
    evidence = "CREATE DOMAIN " + to_string(name) + " AS " + stated.normal;
  } else {
    object = object_of(*stated.relation, *stated.column);
    origin = stated.column->origin;
    evidence = quote_identifier(stated.column->name) + " " + stated.normal;
  }
  Finding finding = start_finding(context, rule, std::move(object), origin, policy);
  finding.evidence.of(context.role) = std::move(evidence);
  return finding;
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

RuleOutcome findings_of_type(const SchemaContext& context, const RuleInfo& rule,
                             bool (*is_meant)(const StatedType&), const std::string& why) {
  RuleOutcome outcome;
  for (const StatedType& stated : stated_types(context.schema)) {
    ++outcome.checked;
    if (!is_meant(stated) || is_told_as_forbidden(context, stated)) continue;
    Finding finding = start_finding(context, rule, stated);
    finding.message = name_of(stated) + " is " + stated.normal + why;
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

}  // namespace schemaudit
