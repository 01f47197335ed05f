#include "analyzer/sql/replay/alter_properties.h"

#include <algorithm>

#include "analyzer/sql/claims.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

void make_typed(Run& run, ObjectId table, const PgQuery__TypeName& name) {
  TypeRef type = resolve_type(run, name);
  if (!type.type || run.catalog.at(type.type).kind != Kind::composite_type)
    refuse("type " + type_text(run.catalog, type) + " is not a composite type");
  const std::vector<Attribute>& own = run.catalog.relation(table).attributes;
  auto next = own.begin();
  auto skip_dropped = [&] {
    next = std::find_if(next, own.end(),
                        [](const Attribute& attribute) { return !attribute.dropped; });
  };
  for (const Attribute& wanted : run.catalog.relation(type.type).attributes) {
    if (wanted.dropped) continue;
    skip_dropped();
    if (next == own.end()) refuse("table is missing column " + quoted(wanted.name));
    if (next->name != wanted.name)
      refuse("table has column " + quoted(next->name) + " where type requires " +
             quoted(wanted.name));
    if (next->type && wanted.type && *next->type != *wanted.type)
      refuse("table " + quoted(run.catalog.at(table).name) + " has different type for column " +
             quoted(wanted.name));
    ++next;
  }
  skip_dropped();
  if (next != own.end()) refuse("table has extra column " + quoted(next->name));
  if (!run.catalog.relation(table).parents.empty()) refuse("typed tables cannot inherit");
  run.catalog.edit_relation(table).of_type = type.type;
  run.catalog.depend(table, {type.type, 0, NeedKind::normal, 0});
  run.changed(ChangeKind::property, table);
}

void make_untyped(Run& run, ObjectId table) {
  run.catalog.edit_relation(table).of_type = kNoObject;
  std::erase_if(run.catalog.edit(table).needs, [&](const Need& need) {
    const Object* needed = run.catalog.find(need.object);
    return need.own_column == 0 && needed && needed->kind == Kind::composite_type;
  });
  run.changed(ChangeKind::property, table);
}

void require_one_persistence(const Run& run, ObjectId table, const std::vector<bool>& unlogged) {
  bool changed = false;
  for (bool wanted : unlogged) {
    if (changed) refuse("cannot change persistence setting twice");
    changed = wanted != run.catalog.relation(table).unlogged;
  }
}

void set_persistence(Run& run, ObjectId table, bool unlogged) {
  const std::string name = quoted(run.catalog.at(table).name);
  if (!is_table(run.catalog.at(table).kind)) return;
  if (run.catalog.at(table).kind == Kind::partitioned_table && grammar_version() >= 180000)
    refuse("ALTER action SET " + std::string(unlogged ? "UNLOGGED" : "LOGGED") +
           " cannot be performed on relation " + name);
  if (run.catalog.relation(table).temporary)
    refuse("cannot change logged status of table " + name + " because it is temporary");
  for (ObjectId id : run.catalog.relation(table).constraints) {
    const ConstraintDetail& key = run.catalog.detail<ConstraintDetail>(id);
    if (key.kind == ConstraintKind::foreign_key && key.target != table && !unlogged &&
        run.catalog.relation(key.target).unlogged)
      refuse("could not change table " + name + " to logged because it references unlogged table " +
             quoted(run.catalog.at(key.target).name));
  }
  if (unlogged)
    for (ObjectId user : run.catalog.users(table))
      if (const auto* key = std::get_if<ConstraintDetail>(&run.catalog.at(user).detail))
        if (key->kind == ConstraintKind::foreign_key && key->target == table &&
            key->table != table && !run.catalog.relation(key->table).unlogged)
          refuse("could not change table " + name +
                 " to unlogged because it is referenced by logged table " +
                 quoted(run.catalog.at(key->table).name));
  // A partitioned table has no rows of its own, and stays as it is.
  if (run.catalog.at(table).kind != Kind::table) return;
  run.catalog.edit_relation(table).unlogged = unlogged;
  run.changed(ChangeKind::property, table);
}

void switch_triggers(Run& run, const AlterPlace& place, const std::string& name, bool enabled) {
  std::vector<ObjectId> switched;
  for (ObjectId id : run.catalog.relation(place.table).triggers)
    if (name.empty() || run.catalog.at(id).name == name) switched.push_back(id);
  if (switched.empty() && !name.empty())
    refuse("trigger " + quoted(name) + " for table " + quoted(run.catalog.at(place.table).name) +
           " does not exist");
  for (std::size_t i = 0; i < switched.size(); ++i) {
    run.catalog.edit_detail<TriggerDetail>(switched[i]).enabled = enabled;
    if (!place.recurse) continue;
    for (ObjectId user : run.catalog.users(switched[i]))
      if (const auto* part = std::get_if<TriggerDetail>(&run.catalog.at(user).detail))
        if (part->parent == switched[i]) switched.push_back(user);
  }
  run.changed(ChangeKind::property, place.table);
}

}  // namespace schemaudit::replay
