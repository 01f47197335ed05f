#include "analyzer/engine/models_against_built.h"

#include <algorithm>

#include "analyzer/engine/documents_against_built.h"
#include "analyzer/engine/scope.h"

namespace schemaudit {

namespace {

/// What a model may leave to the database without denying it.
bool may_be_left_out(const Disagreement& disagreement) {
  switch (disagreement.aspect) {
    case Aspect::check_constraint:
    case Aspect::column_default:
    case Aspect::column_collation:
    case Aspect::enum_labels:
    case Aspect::other_object:
      return !disagreement.left;
    default:
      return false;
  }
}

/// The key that it carries out is compared as such.
bool is_of_constraint(const Disagreement& disagreement, const Schema& models, const Schema& built) {
  if (disagreement.aspect != Aspect::index) return false;
  for (const Schema* schema : {&models, &built}) {
    const Relation* relation =
        schema->find_relation({disagreement.object.schema, disagreement.object.table});
    if (!relation) continue;
    for (const Index& index : relation->indexes)
      if (index.name == disagreement.object.name && !index.constraint.empty()) return true;
  }
  return false;
}

QualifiedName relation_of(const ObjectRef& object) {
  return {object.schema, object.table.empty() ? object.name : object.table};
}

}  // namespace

std::optional<ModelComparison> compare_models(const AuditInput& input) {
  const SourceResult* models = input.source(Role::modelled);
  const SourceResult* built = input.source(Role::declared);
  if (!built) built = input.source(Role::live);
  if (!models || !built) return std::nullopt;
  CompareOptions options;
  options.left_name = "the models";
  options.right_name = name_of_built(*built);
  for (const Relation& relation : models->schema.relations)
    if (is_out_of_scope(relation.name, input.config, *built))
      options.may_be_absent.push_back(relation.name);
  ModelComparison found{built->role, compare(models->schema, built->schema, options)};
  std::erase_if(found.comparison.disagreements, [&](const Disagreement& disagreement) {
    return disagreement.name_only || may_be_left_out(disagreement) ||
           is_of_constraint(disagreement, models->schema, built->schema) ||
           is_out_of_scope(relation_of(disagreement.object), input.config, *built);
  });
  return found;
}

}  // namespace schemaudit
