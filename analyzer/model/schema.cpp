#include "analyzer/model/schema.h"

#include <algorithm>

namespace schemaudit {

namespace {

template <typename List>
auto* find_by_name(List& list, const QualifiedName& name, bool sorted) {
  using Element = std::remove_reference_t<decltype(list.front())>;
  Element* none = nullptr;
  if (sorted) {
    auto at = std::lower_bound(
        list.begin(), list.end(), name,
        [](const auto& element, const QualifiedName& wanted) { return element.name < wanted; });
    return at != list.end() && at->name == name ? &*at : none;
  }
  auto at = std::find_if(list.begin(), list.end(),
                         [&](const auto& element) { return element.name == name; });
  return at != list.end() ? &*at : none;
}

template <typename List>
void sort_by_name(List& list) {
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.name < b.name; });
}

}  // namespace

const Column* Relation::find_column(std::string_view column) const {
  for (const Column& candidate : columns)
    if (candidate.name == column) return &candidate;
  return nullptr;
}

Column* Relation::find_column(std::string_view column) {
  return const_cast<Column*>(std::as_const(*this).find_column(column));
}

const Relation* Schema::find_relation(const QualifiedName& name) const {
  return find_by_name(relations, name, sorted);
}

Relation* Schema::find_relation(const QualifiedName& name) {
  return find_by_name(relations, name, sorted);
}

const EnumType* Schema::find_enum(const QualifiedName& name) const {
  return find_by_name(enums, name, sorted);
}

const Domain* Schema::find_domain(const QualifiedName& name) const {
  return find_by_name(domains, name, sorted);
}

void Schema::sort() {
  sort_by_name(namespaces);
  sort_by_name(relations);
  sort_by_name(enums);
  sort_by_name(domains);
  sort_by_name(other_types);
  sort_by_name(sequences);
  sort_by_name(extensions);
  std::stable_sort(functions.begin(), functions.end(), [](const Function& a, const Function& b) {
    if (a.name != b.name) return a.name < b.name;
    return std::lexicographical_compare(
        a.arguments.begin(), a.arguments.end(), b.arguments.begin(), b.arguments.end(),
        [](const Type& x, const Type& y) { return x.normal < y.normal; });
  });
  std::stable_sort(dependencies.begin(), dependencies.end(),
                   [](const Dependency& a, const Dependency& b) {
                     return std::tie(a.needs, a.kind, a.dependent, a.on_relation) <
                            std::tie(b.needs, b.kind, b.dependent, b.on_relation);
                   });
  for (Relation& relation : relations) {
    sort_by_name(relation.unique_constraints);
    sort_by_name(relation.foreign_keys);
    sort_by_name(relation.checks);
    sort_by_name(relation.exclusions);
    sort_by_name(relation.indexes);
    sort_by_name(relation.triggers);
    sort_by_name(relation.policies);
    std::stable_sort(relation.grants.begin(), relation.grants.end(),
                     [](const Grant& a, const Grant& b) { return a.grantee < b.grantee; });
  }
  sorted = true;
}

SchemaCounts count_objects(const Schema& schema) {
  SchemaCounts counts;
  for (const Relation& relation : schema.relations) {
    (relation.is_view() ? counts.views : counts.tables) += 1;
    counts.columns += relation.columns.size();
    counts.constraints += (relation.primary_key ? 1 : 0) + relation.unique_constraints.size() +
                          relation.foreign_keys.size() + relation.checks.size() +
                          relation.exclusions.size();
    counts.indexes += relation.indexes.size();
  }
  counts.enums = schema.enums.size();
  counts.functions = schema.functions.size();
  return counts;
}

std::string_view to_string(ReferentialAction action) {
  switch (action) {
    case ReferentialAction::no_action:
      return "NO ACTION";
    case ReferentialAction::restrict:
      return "RESTRICT";
    case ReferentialAction::cascade:
      return "CASCADE";
    case ReferentialAction::set_null:
      return "SET NULL";
    case ReferentialAction::set_default:
      return "SET DEFAULT";
  }
  return "";
}

std::string_view to_string(RelationKind kind) {
  switch (kind) {
    case RelationKind::table:
      return "table";
    case RelationKind::partitioned_table:
      return "partitioned table";
    case RelationKind::foreign_table:
      return "foreign table";
    case RelationKind::view:
      return "view";
    case RelationKind::materialized_view:
      return "materialized view";
  }
  return "";
}

ReferentialAction referential_action(char letter) {
  switch (letter) {
    case 'r':
      return ReferentialAction::restrict;
    case 'c':
      return ReferentialAction::cascade;
    case 'n':
      return ReferentialAction::set_null;
    case 'd':
      return ReferentialAction::set_default;
    default:
      return ReferentialAction::no_action;
  }
}

}  // namespace schemaudit
