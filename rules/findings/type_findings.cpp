#include "rules/findings/type_findings.h"

#include <utility>

#include "rules/findings/schema_findings.h"

namespace schemaudit {

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
