#include "analyzer/cli/adopted_origins.h"

#include <map>
#include <vector>

namespace schemaudit {

namespace {

template <typename Element>
auto key_of(const Element& element) {
  return element.name;
}

/// Overloaded functions differ in their arguments.
std::pair<QualifiedName, std::vector<std::string>> key_of(const Function& function) {
  std::vector<std::string> types;
  for (const Type& type : function.arguments) types.push_back(type.normal);
  return {function.name, types};
}

template <typename Element>
void adopt(std::vector<Element>& elements, const std::vector<Element>& placed) {
  std::map<decltype(key_of(placed.front())), const Origin*> places;
  for (const Element& element : placed) places.emplace(key_of(element), &element.origin);
  for (Element& element : elements) {
    auto found = places.find(key_of(element));
    if (found != places.end()) element.origin = *found->second;
  }
}

}  // namespace

void adopt_origins(Schema& schema, const Schema& placed) {
  adopt(schema.namespaces, placed.namespaces);
  adopt(schema.relations, placed.relations);
  adopt(schema.enums, placed.enums);
  adopt(schema.domains, placed.domains);
  adopt(schema.other_types, placed.other_types);
  adopt(schema.sequences, placed.sequences);
  adopt(schema.functions, placed.functions);
  adopt(schema.extensions, placed.extensions);
  for (Relation& relation : schema.relations) {
    const Relation* source = placed.find_relation(relation.name);
    if (!source) continue;
    adopt(relation.columns, source->columns);
    adopt(relation.unique_constraints, source->unique_constraints);
    adopt(relation.foreign_keys, source->foreign_keys);
    adopt(relation.checks, source->checks);
    adopt(relation.exclusions, source->exclusions);
    adopt(relation.indexes, source->indexes);
    adopt(relation.triggers, source->triggers);
    adopt(relation.policies, source->policies);
    if (relation.primary_key && source->primary_key)
      relation.primary_key->origin = source->primary_key->origin;
  }
}

}  // namespace schemaudit
