#include "analyzer/engine/documents_against_built.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "analyzer/engine/scope.h"

namespace schemaudit {

namespace {

/// Which tables only plans tell of, and which documents are plans.
struct Plans {
  std::set<std::string> documents;
  std::set<QualifiedName> tables;
};

Plans find_plans(const SourceResult& docs) {
  Plans plans;
  std::set<QualifiedName> current;
  for (const DocumentReading& document : docs.documents) {
    bool planned = document.state == DocumentState::planned;
    if (planned) plans.documents.insert(document.uri);
    for (const TableReading& reading : document.tables)
      (planned ? plans.tables : current).insert(reading.table);
  }
  for (const Relation& relation : docs.schema.relations)
    if (plans.documents.count(relation.origin.uri)) plans.tables.insert(relation.name);
  for (const QualifiedName& table : current) plans.tables.erase(table);
  return plans;
}

/// A plan is no claim about today: what it states and the database lacks, or what it changes in
/// a table that is documented elsewhere. A planned table that is there has to be as planned.
bool is_only_planned(const Disagreement& disagreement, const Plans& plans,
                     const Comparison& comparison) {
  if (!disagreement.left || !plans.documents.count(disagreement.left_origin.uri)) return false;
  if (!disagreement.right) return true;
  const Relation* documented =
      comparison.left_of({disagreement.object.schema, disagreement.object.table});
  return !documented || !plans.tables.count(documented->name);
}

}  // namespace

const SourceResult* built_source(const AuditInput& input) {
  for (Role role : {Role::live, Role::declared, Role::modelled})
    if (const SourceResult* source = input.source(role)) return source;
  return nullptr;
}

std::string name_of_built(const SourceResult& source) {
  if (source.kind == "migrations") return "the migrations";
  if (source.role == Role::declared) return "the SQL files";
  return source.role == Role::modelled ? "the models" : "the database";
}

std::optional<DocumentComparison> compare_documents(const AuditInput& input) {
  const SourceResult* docs = input.source(Role::documented);
  const SourceResult* built = built_source(input);
  if (!docs || !built) return std::nullopt;

  Plans plans = find_plans(*docs);
  CompareOptions options;
  options.lenient_names = true;
  options.right_name = name_of_built(*built);
  options.may_be_absent.assign(plans.tables.begin(), plans.tables.end());
  for (const Relation& relation : docs->schema.relations)
    if (!plans.tables.count(relation.name) && is_out_of_scope(relation.name, input.config, *built))
      options.may_be_absent.push_back(relation.name);

  DocumentComparison documents;
  documents.built = built->role;
  documents.comparison = compare(docs->schema, built->schema, options, documents.claims);
  const Comparison& comparison = documents.comparison;
  auto& list = documents.comparison.disagreements;
  list.erase(std::remove_if(list.begin(), list.end(),
                            [&](const Disagreement& disagreement) {
                              return is_only_planned(disagreement, plans, comparison);
                            }),
             list.end());
  return documents;
}

}  // namespace schemaudit
