#include "analyzer/sql/replay/set_schema.h"

#include <algorithm>

#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/rename.h"
#include "analyzer/sql/replay/routine_lookup.h"
#include "analyzer/sql/replay/schemas_extensions.h"

namespace schemaudit::replay {

namespace {

/// Moves a relation with all that has to stand in its schema (AlterTableNamespaceInternal()).
void move_relation(Run& run, ObjectId id, ObjectId schema) {
  const Object& object = run.catalog.at(id);
  require_free_relation_name(run, schema, object.name, is_type(object.kind));
  rename_object(run, id, schema, object.name);
  const auto* relation = std::get_if<RelationDetail>(&run.catalog.at(id).detail);
  if (!relation) return;
  for (ObjectId index : std::vector<ObjectId>(relation->indexes)) {
    require_free_relation_name(run, schema, run.catalog.at(index).name, false);
    run.catalog.rename(index, schema, run.catalog.at(index).name);
  }
  for (ObjectId part : run.catalog.users(id)) {
    const Object& user = run.catalog.at(part);
    bool own = std::any_of(user.needs.begin(), user.needs.end(), [&](const Need& need) {
      return need.object == id && need.kind != NeedKind::normal;
    });
    if (!own) continue;
    if (user.kind == Kind::constraint || user.kind == Kind::trigger || user.kind == Kind::policy ||
        user.kind == Kind::rule || user.kind == Kind::default_value)
      run.catalog.rename(part, schema, user.name);
    else if (user.kind == Kind::sequence)
      move_relation(run, part, schema);
  }
  for (ObjectId constraint : std::vector<ObjectId>(run.catalog.relation(id).constraints))
    run.catalog.rename(constraint, schema, run.catalog.at(constraint).name);
}

}  // namespace

void set_schema_statement(Run& run, const PgQuery__AlterObjectSchemaStmt& alter) {
  ObjectId schema = schema_named(run, alter.newschema);
  ObjectId id = kNoObject;
  switch (alter.object_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE: {
      if (alter.missing_ok && !find_relation(run, name_of(*alter.relation))) return;
      id = relation_named(run, *alter.relation);
      if (!id) refuse("permission denied: it is a system catalog");
      require_kind(run.catalog.at(id), alter.object_type);
      if (run.catalog.at(id).kind == Kind::index)
        refuse("cannot change schema of index " + quoted(run.catalog.at(id).name));
      if (const auto* sequence = std::get_if<SequenceDetail>(&run.catalog.at(id).detail))
        if (sequence->owner_table) refuse("cannot move an owned sequence into another schema");
      if (run.catalog.at(id).schema == schema) return;
      run.changed(ChangeKind::move, id).new_name = alter.newschema;
      return move_relation(run, id, schema);
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: {
      QualifiedName name = name_of_object(alter.object);
      id = find_type(run, name);
      if (!id) not_found(run, "type " + quoted(to_string(name)) + " does not exist");
      if (run.catalog.at(id).schema == schema) return;
      if (run.catalog.find_type(schema, run.catalog.at(id).name))
        refuse("type " + quoted(name.name) + " already exists in schema " +
               quoted(alter.newschema));
      run.changed(ChangeKind::move, id).new_name = alter.newschema;
      rename_object(run, id, schema, run.catalog.at(id).name);
      if (const auto* domain = std::get_if<DomainDetail>(&run.catalog.at(id).detail))
        for (ObjectId constraint : std::vector<ObjectId>(domain->constraints))
          run.catalog.rename(constraint, schema, run.catalog.at(constraint).name);
      return;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
      if (!alter.object || alter.object->node_case != PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS) return;
      id = routine_named(run, *alter.object->object_with_args, alter.missing_ok);
      if (!id || run.catalog.at(id).schema == schema) return;
      run.changed(ChangeKind::move, id).new_name = alter.newschema;
      return rename_object(run, id, schema, run.catalog.at(id).name);
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION: {
      id = run.catalog.find_extension(name_of_object(alter.object).name);
      if (!id)
        not_found(run,
                  "extension " + quoted(name_of_object(alter.object).name) + " does not exist");
      return move_extension(run, id, schema);
    }
    default:
      return;
  }
}

}  // namespace schemaudit::replay
