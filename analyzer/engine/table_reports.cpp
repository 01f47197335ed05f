#include "analyzer/engine/table_reports.h"

#include <map>
#include <utility>

namespace schemaudit {

namespace {

TableSide side_of(Role role, const Relation& relation) {
  TableSide side;
  side.role = role;
  side.columns = relation.columns.size();
  side.constraints = (relation.primary_key ? 1 : 0) + relation.unique_constraints.size() +
                     relation.foreign_keys.size() + relation.checks.size() +
                     relation.exclusions.size();
  for (const Index& index : relation.indexes)
    if (index.constraint.empty()) ++side.indexes;
  side.origin = relation.origin;
  return side;
}

}  // namespace

std::vector<TableReport> tables_of(const AuditInput& input,
                                   const std::optional<DocumentComparison>& documents) {
  std::map<QualifiedName, TableReport> tables;
  for (Role role : {Role::documented, Role::declared, Role::modelled, Role::live}) {
    const Schema* schema = input.schema(role);
    if (!schema) continue;
    for (const Relation& relation : schema->relations) {
      QualifiedName name = relation.name;
      if (role == Role::documented && documents)
        if (const Relation* built = documents->comparison.right_of(name)) name = built->name;
      TableReport& table = tables[name];
      table.schema = name.schema;
      table.name = name.name;
      table.sides.push_back(side_of(role, relation));
    }
  }
  std::vector<TableReport> result;
  for (auto& [name, table] : tables) result.push_back(std::move(table));
  return result;
}

}  // namespace schemaudit
