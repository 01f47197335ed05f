#include "analyzer/sql/replay/inheritance.h"

#include <algorithm>

#include "analyzer/sql/claims.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/sequences.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

std::vector<Attribute> inherited_attributes(const Run& run, const std::vector<ObjectId>& parents) {
  std::vector<Attribute> merged;
  for (ObjectId parent : parents) {
    for (const Attribute& attribute : run.catalog.relation(parent).attributes) {
      if (attribute.dropped) continue;
      auto known = std::find_if(merged.begin(), merged.end(), [&](const Attribute& other) {
        return other.name == attribute.name;
      });
      if (known != merged.end()) {
        if (known->type != attribute.type)
          refuse("inherited column " + quoted(attribute.name) + " has a type conflict");
        if (known->collation != attribute.collation)
          refuse("inherited column " + quoted(attribute.name) + " has a collation conflict");
        if (known->generated.has_value() != attribute.generated.has_value())
          refuse("inherited column " + quoted(attribute.name) + " has a generation conflict");
        ++known->inherited;
        if (attribute.not_null) known->not_null = true, known->not_null_local = false;
        continue;
      }
      Attribute copy = attribute;
      copy.local = false;
      copy.not_null_local = !copy.not_null;
      copy.inherited = 1;
      copy.default_value = kNoObject;
      if (!partitions_share_identity() || run.catalog.at(parent).kind != Kind::partitioned_table)
        copy.identity.reset();
      copy.comment.reset();
      merged.push_back(std::move(copy));
    }
  }
  return merged;
}

void inherit_defaults(Run& run, ObjectId child, const std::vector<ObjectId>& parents,
                      const std::vector<int>& without_default) {
  for (std::size_t i = 0; i < run.catalog.relation(child).attributes.size(); ++i) {
    const Attribute attribute = run.catalog.relation(child).attributes[i];
    if (attribute.dropped || attribute.default_value || attribute.inherited == 0) continue;
    if (attribute.identity) continue;
    if (std::find(without_default.begin(), without_default.end(), static_cast<int>(i) + 1) !=
        without_default.end())
      continue;
    ObjectId source = kNoObject;
    int source_column = 0;
    std::string text;
    for (ObjectId parent : parents) {
      int column = find_attribute(run.catalog.relation(parent), attribute.name);
      if (!column) continue;
      ObjectId value = run.catalog.relation(parent).attributes[column - 1].default_value;
      if (!value) continue;
      const std::string normal =
          shown_expression(run.catalog.detail<DefaultDetail>(value).expression, {}).normal;
      if (source && normal != text)
        refuse("column " + quoted(attribute.name) + " inherits conflicting " +
               (attribute.generated ? "generation expressions" : "default values"));
      source = parent;
      source_column = column;
      text = normal;
    }
    if (source) copy_default(run, source, source_column, child, static_cast<int>(i) + 1);
  }
}

void inherit_checks(Run& run, ObjectId child, const std::vector<ObjectId>& parents) {
  for (ObjectId parent : parents)
    for (ObjectId id : std::vector<ObjectId>(run.catalog.relation(parent).constraints)) {
      const ConstraintDetail& constraint = run.catalog.detail<ConstraintDetail>(id);
      if (constraint.kind != ConstraintKind::check || constraint.no_inherit) continue;
      inherit_check(run, id, child);
      // A new table has no row that could break it.
      ObjectId own = find_constraint(run.catalog, child, run.catalog.at(id).name);
      run.catalog.edit_detail<ConstraintDetail>(own).validated = true;
    }
}

bool partitions_share_identity() {
  return grammar_version() >= 170000;
}

ObjectId shared_identity_sequence(const Catalog& catalog, ObjectId table, int column) {
  const ObjectId parent = catalog.relation(table).partition_of;
  if (!parent || !partitions_share_identity()) return identity_sequence(catalog, table, column);
  return shared_identity_sequence(catalog, parent, column_in_child(catalog, table, column, parent));
}

void take_identity(Run& run, ObjectId partition, ObjectId parent) {
  if (!partitions_share_identity()) return;
  for (const Attribute& attribute : run.catalog.relation(parent).attributes) {
    if (attribute.dropped || !attribute.identity) continue;
    const int own = find_attribute(run.catalog.relation(partition), attribute.name);
    run.catalog.edit_relation(partition).attributes[own - 1].identity = attribute.identity;
    share_identity(run, partition, own);
  }
}

void lose_identity(Run& run, ObjectId partition) {
  if (!partitions_share_identity()) return;
  for (std::size_t i = 0; i < run.catalog.relation(partition).attributes.size(); ++i) {
    if (!run.catalog.relation(partition).attributes[i].identity) continue;
    run.catalog.edit_relation(partition).attributes[i].identity.reset();
    share_identity(run, partition, static_cast<int>(i) + 1);
  }
}

void share_identity(Run& run, ObjectId table, int column) {
  if (!partitions_share_identity() || run.catalog.at(table).kind != Kind::partitioned_table) return;
  const std::optional<IdentityKind> identity =
      run.catalog.relation(table).attributes[column - 1].identity;
  for (ObjectId partition : run.catalog.children(table)) {
    const int own = column_in_child(run.catalog, table, column, partition);
    if (!own) continue;
    run.catalog.edit_relation(partition).attributes[own - 1].identity = identity;
    share_identity(run, partition, own);
  }
}

bool is_descendant(const Catalog& catalog, ObjectId table, ObjectId ancestor) {
  if (table == ancestor) return true;
  const RelationDetail& relation = catalog.relation(table);
  if (relation.partition_of && is_descendant(catalog, relation.partition_of, ancestor)) return true;
  return std::any_of(relation.parents.begin(), relation.parents.end(),
                     [&](ObjectId parent) { return is_descendant(catalog, parent, ancestor); });
}

int column_in_child(const Catalog& catalog, ObjectId parent, int column, ObjectId child) {
  return find_attribute(catalog.relation(child),
                        catalog.relation(parent).attributes[column - 1].name);
}

void merge_into_child(Run& run, ObjectId child, ObjectId parent, bool partition) {
  const std::string child_name = quoted(run.catalog.at(child).name);
  for (const Attribute& attribute : run.catalog.relation(parent).attributes) {
    if (attribute.dropped) continue;
    int number = find_attribute(run.catalog.relation(child), attribute.name);
    if (!number) refuse("child table is missing column " + quoted(attribute.name));
    Attribute& own = run.catalog.edit_relation(child).attributes[number - 1];
    if (own.type != attribute.type)
      refuse("child table " + child_name + " has different type for column " +
             quoted(attribute.name));
    if (own.collation != attribute.collation)
      refuse("child table " + child_name + " has different collation for column " +
             quoted(attribute.name));
    if (attribute.not_null && !own.not_null)
      refuse("column " + quoted(attribute.name) + " in child table must be marked NOT NULL");
    if (attribute.not_null && partition) own.not_null_local = false;
    if (attribute.generated.has_value() != own.generated.has_value())
      refuse("column " + quoted(attribute.name) + " in child table must " +
             (own.generated ? "not " : "") + "be a generated column");
    ++own.inherited;
    if (partition) own.local = false;
  }
  for (ObjectId id : std::vector<ObjectId>(run.catalog.relation(parent).constraints)) {
    const ConstraintDetail& constraint = run.catalog.detail<ConstraintDetail>(id);
    if (constraint.kind != ConstraintKind::check || constraint.no_inherit) continue;
    const std::string name = run.catalog.at(id).name;
    ObjectId own = find_constraint(run.catalog, child, name);
    if (!own) refuse("child table is missing constraint " + quoted(name));
    ConstraintDetail& copy = run.catalog.edit_detail<ConstraintDetail>(own);
    if (copy.kind != ConstraintKind::check ||
        shown_expression(*copy.check, {}).normal != shown_expression(*constraint.check, {}).normal)
      refuse("child table " + child_name + " has different definition for check constraint " +
             quoted(name));
    if (copy.no_inherit)
      refuse("constraint " + quoted(name) +
             " conflicts with non-inherited constraint on child table " + child_name);
    if (constraint.validated && !copy.validated)
      refuse("constraint " + quoted(name) + " conflicts with NOT VALID constraint on child table " +
             child_name);
    ++copy.inherited;
    if (partition) copy.local = false;
  }
}

void leave_parent(Run& run, ObjectId child, ObjectId parent) {
  for (const Attribute& attribute : run.catalog.relation(parent).attributes) {
    if (attribute.dropped) continue;
    int number = find_attribute(run.catalog.relation(child), attribute.name);
    if (!number) continue;
    Attribute& own = run.catalog.edit_relation(child).attributes[number - 1];
    if (own.inherited > 0) --own.inherited;
    if (own.inherited == 0) own.local = own.not_null_local = true;
  }
  for (ObjectId id : std::vector<ObjectId>(run.catalog.relation(parent).constraints)) {
    const ConstraintDetail& constraint = run.catalog.detail<ConstraintDetail>(id);
    if (constraint.kind != ConstraintKind::check || constraint.no_inherit) continue;
    ObjectId own = find_constraint(run.catalog, child, run.catalog.at(id).name);
    if (!own) continue;
    ConstraintDetail& copy = run.catalog.edit_detail<ConstraintDetail>(own);
    if (copy.inherited > 0) --copy.inherited;
    if (copy.inherited == 0) copy.local = true;
  }
  std::erase_if(run.catalog.edit(child).needs, [&](const Need& need) {
    return need.object == parent && need.column == 0 && need.own_column == 0;
  });
}

void add_parent(Run& run, ObjectId child, ObjectId parent) {
  if (run.catalog.at(parent).kind == Kind::partitioned_table)
    refuse("cannot inherit from partitioned table " + quoted(run.catalog.at(parent).name));
  if (run.catalog.relation(child).of_type) refuse("cannot change inheritance of typed table");
  if (run.catalog.relation(child).partition_of) refuse("cannot change inheritance of a partition");
  if (run.catalog.at(child).kind == Kind::partitioned_table)
    refuse("cannot change inheritance of partitioned table");
  if (run.catalog.relation(parent).partition_of) refuse("cannot inherit from a partition");
  const std::vector<ObjectId>& parents = run.catalog.relation(child).parents;
  if (std::find(parents.begin(), parents.end(), parent) != parents.end())
    refuse("relation " + quoted(run.catalog.at(parent).name) +
           " would be inherited from more than once");
  if (is_descendant(run.catalog, parent, child)) refuse("circular inheritance not allowed");
  merge_into_child(run, child, parent, false);
  run.catalog.edit_relation(child).parents.push_back(parent);
  run.catalog.depend(child, {parent, 0, NeedKind::normal, 0});
  run.changed(ChangeKind::inherit, child).target = run.catalog.name(parent);
}

void remove_parent(Run& run, ObjectId child, ObjectId parent) {
  const std::vector<ObjectId>& parents = run.catalog.relation(child).parents;
  if (run.catalog.relation(child).partition_of) refuse("cannot change inheritance of a partition");
  if (std::find(parents.begin(), parents.end(), parent) == parents.end())
    refuse("relation " + quoted(run.catalog.at(parent).name) + " is not a parent of relation " +
           quoted(run.catalog.at(child).name));
  leave_parent(run, child, parent);
  std::erase(run.catalog.edit_relation(child).parents, parent);
  run.changed(ChangeKind::inherit, child).target = run.catalog.name(parent);
}

}  // namespace schemaudit::replay
