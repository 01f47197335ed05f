#include "analyzer/sql/replay/alter_constraint.h"

#include "analyzer/sql/claims.h"
#include "analyzer/sql/newer_trees.h"
#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/not_null_constraints.h"

namespace schemaudit::replay {

void use_index(Run& run, ObjectId table, const PgQuery__Constraint& constraint) {
  ObjectId schema = run.catalog.at(table).schema;
  ObjectId index = run.catalog.find_relation(schema, constraint.indexname);
  if (!index || run.catalog.at(index).kind != Kind::index)
    refuse("index " + quoted(constraint.indexname) + " does not exist", constraint.location);
  const IndexDetail before = run.catalog.detail<IndexDetail>(index);
  if (before.table != table)
    refuse("index " + quoted(constraint.indexname) + " does not belong to table " +
               quoted(run.catalog.at(table).name),
           constraint.location);
  if (before.constraint)
    refuse("index " + quoted(constraint.indexname) + " is already associated with a constraint",
           constraint.location);
  if (!before.unique) refuse(quoted(constraint.indexname) + " is not a unique index");
  if (before.predicate) refuse(quoted(constraint.indexname) + " is a partial index");
  for (const IndexKeyDetail& key : before.keys) {
    if (!key.column) refuse("index " + quoted(constraint.indexname) + " contains expressions");
    if (key.descending || key.nulls_first || !key.operator_class.empty() || !key.collation.empty())
      refuse("index " + quoted(constraint.indexname) + " does not have default sorting behavior");
  }
  if (run.catalog.at(table).kind == Kind::partitioned_table)
    refuse("ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables");
  for (std::size_t i = 0; i < before.keys.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (before.keys[i].column == before.keys[j].column)
        refuse("a column appears twice in the key of index " + quoted(constraint.indexname));
  std::string name =
      constraint.conname && *constraint.conname ? constraint.conname : run.catalog.at(index).name;
  require_free_constraint_name(run, table, name);
  if (name != run.catalog.at(index).name) {
    require_free_relation_name(run, schema, name, false);
    run.catalog.rename(index, schema, name);
  }
  bool primary = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
  Object object;
  object.kind = Kind::constraint;
  object.schema = schema;
  object.name = name;
  object.origin = run.origin_at(constraint.location);
  ConstraintDetail detail;
  detail.kind = primary ? ConstraintKind::primary_key : ConstraintKind::unique;
  detail.table = table;
  detail.index = index;
  detail.deferrable = constraint.deferrable;
  detail.initially_deferred = constraint.initdeferred;
  detail.no_inherit = true;
  for (const IndexKeyDetail& key : before.keys) {
    detail.columns.push_back(key.column);
    object.needs.push_back({table, key.column, NeedKind::automatic, 0});
    if (primary) set_not_null(run, table, key.column, true);
  }
  object.detail = std::move(detail);
  ObjectId id = run.catalog.add(std::move(object));
  run.catalog.edit_relation(table).constraints.push_back(id);
  Object& edited = run.catalog.edit(index);
  std::get<IndexDetail>(edited.detail).constraint = id;
  std::get<IndexDetail>(edited.detail).primary = primary;
  std::erase_if(edited.needs, [&](const Need& need) { return need.object == table; });
  run.catalog.depend(index, {id, 0, NeedKind::internal, 0});
  run.changed(ChangeKind::add_constraint, id).uses_index = true;
}

void alter_constraint(Run& run, ObjectId table, const PgQuery__AlterTableCmd& command) {
  const std::optional<AlteredConstraint> wanted = altered_constraint(command);
  if (!wanted) return;
  ObjectId id = find_constraint(run.catalog, table, wanted->name);
  if (const int column = id ? 0 : column_with_not_null(run, table, wanted->name)) {
    if (wanted->no_inherit == false) set_not_null(run, table, column, true);
    return;
  }
  if (!id)
    refuse("constraint " + quoted(wanted->name) + " of relation " +
           quoted(run.catalog.at(table).name) + " does not exist");
  ConstraintDetail detail = run.catalog.detail<ConstraintDetail>(id);
  if (detail.parent)
    refuse("cannot alter constraint " + quoted(wanted->name) + " on relation " +
           quoted(run.catalog.at(table).name) + ": it belongs to a partitioned table");
  const bool changes = wanted->deferrable || wanted->enforced || wanted->no_inherit;
  if (!changes && grammar_version() >= 180000) return;
  if (detail.kind != ConstraintKind::foreign_key)
    refuse("constraint " + quoted(wanted->name) + " of relation " +
           quoted(run.catalog.at(table).name) + " is not a foreign key constraint");
  std::vector<ObjectId> all = {id};
  for (std::size_t i = 0; i < all.size(); ++i) {
    ConstraintDetail& edited = run.catalog.edit_detail<ConstraintDetail>(all[i]);
    if (wanted->deferrable) edited.deferrable = *wanted->deferrable;
    if (wanted->initially_deferred) edited.initially_deferred = *wanted->initially_deferred;
    // The server looks at every row where it enforces again.
    if (wanted->enforced) edited.enforced = edited.validated = *wanted->enforced;
    for (ObjectId user : run.catalog.users(all[i]))
      if (const auto* part = std::get_if<ConstraintDetail>(&run.catalog.at(user).detail))
        if (part->parent == all[i]) all.push_back(user);
  }
  run.changed(ChangeKind::property, id);
}

}  // namespace schemaudit::replay
