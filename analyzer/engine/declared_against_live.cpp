#include "analyzer/engine/declared_against_live.h"

#include <algorithm>

#include "analyzer/engine/documents_against_built.h"
#include "analyzer/engine/scope.h"

namespace schemaudit {

namespace {

bool is_left_to_deployment(const Difference& difference, const Schema& declared) {
  if (difference.aspect == "owner") return true;
  // Who may call a function, or make objects in a schema, where the files leave it as it is made.
  if (difference.aspect == "callers") return difference.from == "everybody";
  if (difference.aspect == "makers of objects") return difference.from == "named roles";
  if (difference.object.kind != "grant") return false;
  const Relation* relation =
      declared.find_relation({difference.object.schema, difference.object.table});
  return !relation || relation->grants.empty();
}

}  // namespace

std::optional<SchemaDifferences> compare_declared(const AuditInput& input) {
  const SourceResult* declared = input.source(Role::declared);
  const SourceResult* live = input.source(Role::live);
  if (!declared || !live) return std::nullopt;
  Schema within = declared->schema;
  std::erase_if(within.relations, [&](const Relation& relation) {
    return is_out_of_scope(relation.name, input.config, *live);
  });
  SchemaDifferences found =
      compare_whole(within, live->schema, {name_of_built(*declared), name_of_built(*live)});
  std::erase_if(found.differences, [&](const Difference& difference) {
    return is_left_to_deployment(difference, within) ||
           is_out_of_scope(
               {difference.object.schema,
                difference.object.table.empty() ? difference.object.name : difference.object.table},
               input.config, *live);
  });
  return found;
}

}  // namespace schemaudit
