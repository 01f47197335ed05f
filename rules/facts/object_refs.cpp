#include "rules/facts/object_refs.h"

namespace schemaudit {

ObjectRef object_of(const Relation& relation) {
  return {relation.is_view() ? "view" : "table", relation.name.schema, relation.name.name,
          relation.name.name};
}

ObjectRef object_of(const Relation& relation, const Column& column) {
  return object_in(relation, "column", column.name);
}

ObjectRef constraint_of(const Relation& relation, const std::string& name) {
  return object_in(relation, "constraint", name);
}

ObjectRef index_of(const Relation& relation, const std::string& name) {
  return object_in(relation, "index", name);
}

ObjectRef object_in(const Relation& relation, const std::string& kind, const std::string& name) {
  return {kind, relation.name.schema, relation.name.name, name};
}

std::string name_of(const Relation& relation, const Column& column) {
  return name_of(relation, column.name);
}

std::string name_of(const Relation& relation, const std::string& column) {
  return to_string(relation.name) + "." + quote_identifier(column);
}

const Relation* documented(const SchemaContext& context, const Relation& relation) {
  return context.docs ? context.docs->left_of(relation.name) : nullptr;
}

}  // namespace schemaudit
