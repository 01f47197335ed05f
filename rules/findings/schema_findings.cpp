#include "rules/findings/schema_findings.h"

#include <utility>

#include "rules/findings/finding_places.h"

namespace schemaudit {

namespace {

/// Where a schema speaks of an object: at the element itself, else at its table.
Origin origin_in(const Schema& schema, const ObjectRef& object) {
  const Relation* relation = schema.find_relation({object.schema, object.table});
  if (!relation) return {};
  if (object.kind == "column")
    if (const Column* column = relation->find_column(object.name);
        column && column->origin.from_file())
      return column->origin;
  auto in = [&](const auto& list) -> Origin {
    for (const auto& element : list)
      if (element.name == object.name) return element.origin;
    return {};
  };
  Origin found;
  if (object.kind == "index") found = in(relation->indexes);
  if (object.kind == "trigger") found = in(relation->triggers);
  if (object.kind == "policy") found = in(relation->policies);
  if (object.kind == "constraint") {
    found = in(relation->foreign_keys);
    if (!found.from_file()) found = in(relation->checks);
    if (!found.from_file()) found = in(relation->unique_constraints);
  }
  return found.from_file() ? found : relation->origin;
}

void add_place(Finding& finding, Role role, const Origin& origin) {
  if (!origin.from_file()) return;
  for (const Location& location : finding.locations)
    if (location.origin == origin) return;
  finding.locations.push_back({std::string(to_string(role)), origin});
}

}  // namespace

Finding start_finding(const SchemaContext& context, const RuleInfo& rule, ObjectRef object,
                      const Origin& origin, const Origin& policy) {
  Finding finding = start_finding(rule, std::move(object));
  const ObjectRef& about = finding.object;
  add_place(finding, context.role, origin);
  if (context.role == Role::live)
    for (Role role : {Role::declared, Role::modelled})
      if (const Schema* other = context.input.schema(role))
        add_place(finding, role, origin_in(*other, about));
  if (context.docs && !about.table.empty())
    if (const Relation* told = context.docs->left_of({about.schema, about.table})) {
      const Column* column = about.kind == "column" ? told->find_column(about.name) : nullptr;
      add_place(finding, Role::documented,
                column && column->origin.from_file() ? column->origin : told->origin);
    }
  finding.behind = behind_of(context.role);
  if (policy.from_file()) finding.locations.push_back({"config", policy});
  if (finding.locations.empty()) finding.locations = places_of_the_unspoken(context.input);
  return finding;
}

Behind behind_of(Role role) {
  if (role == Role::declared) return Behind::migrations;
  if (role == Role::modelled) return Behind::models;
  return Behind::live;
}

}  // namespace schemaudit
