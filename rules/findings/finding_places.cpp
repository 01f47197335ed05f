#include "rules/findings/finding_places.h"

#include <utility>

namespace schemaudit {

namespace {

/// The line of a migration or SQL file that makes a table or column of the live database.
Origin declared_origin(const AuditInput& input, const ObjectRef& object) {
  const Schema* declared = input.schema(Role::declared);
  if (!declared) return {};
  const Relation* relation = declared->find_relation({object.schema, object.table});
  if (!relation || object.kind == "table") return relation ? relation->origin : Origin{};
  const Column* column = object.kind == "column" ? relation->find_column(object.name) : nullptr;
  return column ? column->origin : Origin{};
}

}  // namespace

Finding start_finding(const RuleInfo& rule, ObjectRef object) {
  Finding finding;
  finding.rule = std::string(rule.id);
  finding.severity = rule.severity;
  finding.object = std::move(object);
  return finding;
}

std::vector<Location> places_of_the_unspoken(const AuditInput& input) {
  if (!input.config.path.empty()) return {{"config", Origin{input.config.path, 0, 0}}};
  const SourceResult* docs = input.source(Role::documented);
  if (docs && !docs->documents.empty())
    return {{"documented", Origin{docs->documents.front().uri, 1, 1}}};
  return {};
}

std::vector<Location> places_of(const RuleContext& context, const Disagreement& disagreement) {
  std::vector<Location> places;
  if (disagreement.left_origin.from_file())
    places.push_back({"documented", disagreement.left_origin});
  if (disagreement.right_origin.from_file())
    places.push_back({std::string(to_string(context.built)), disagreement.right_origin});
  else if (const Origin made = declared_origin(context.input, disagreement.object);
           made.from_file())
    places.push_back({"declared", made});
  return places.empty() ? places_of_the_unspoken(context.input) : places;
}

DocumentState state_of_document(const AuditInput& input, const std::string& uri) {
  const SourceResult* docs = input.source(Role::documented);
  if (docs)
    for (const DocumentReading& document : docs->documents)
      if (document.uri == uri) return document.state;
  return DocumentState::current;
}

}  // namespace schemaudit
