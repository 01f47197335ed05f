#include "analyzer/sql/replay/grants.h"

#include <algorithm>

#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/object_names.h"

namespace schemaudit::replay {

namespace {

std::vector<std::string> table_privileges() {
  std::vector<std::string> privileges = {"DELETE",  "INSERT",   "REFERENCES", "SELECT",
                                         "TRIGGER", "TRUNCATE", "UPDATE"};
  if (PG_VERSION_NUM >= 170000) privileges.insert(privileges.begin() + 2, "MAINTAIN");
  return privileges;
}

/// Privileges on whole tables that the statement names, sorted; those on columns are not kept.
std::vector<std::string> privileges_of(const PgQuery__GrantStmt& grant) {
  if (grant.n_privileges == 0) return table_privileges();
  std::vector<std::string> privileges;
  for (std::size_t i = 0; i < grant.n_privileges; ++i) {
    const PgQuery__AccessPriv& privilege = *grant.privileges[i]->access_priv;
    if (privilege.n_cols > 0) continue;
    // ALL with columns has no name of its own.
    if (!privilege.priv_name || !*privilege.priv_name) return table_privileges();
    std::string name = privilege.priv_name;
    for (char& c : name)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    privileges.push_back(std::move(name));
  }
  std::sort(privileges.begin(), privileges.end());
  privileges.erase(std::unique(privileges.begin(), privileges.end()), privileges.end());
  return privileges;
}

std::vector<std::string> grantees_of(const Run& run, const PgQuery__GrantStmt& grant) {
  std::vector<std::string> grantees;
  for (std::size_t i = 0; i < grant.n_grantees; ++i)
    grantees.push_back(role_name(run, *grant.grantees[i]->role_spec));
  return grantees;
}

void add_privileges(std::vector<Grant>& grants, const std::string& grantee,
                    const std::vector<std::string>& privileges) {
  auto at = std::find_if(grants.begin(), grants.end(),
                         [&](const Grant& grant) { return grant.grantee == grantee; });
  if (at == grants.end()) at = grants.insert(at, {grantee, {}});
  for (const std::string& privilege : privileges) {
    auto place = std::lower_bound(at->privileges.begin(), at->privileges.end(), privilege);
    if (place == at->privileges.end() || *place != privilege)
      at->privileges.insert(place, privilege);
  }
}

void remove_privileges(std::vector<Grant>& grants, const std::string& grantee,
                       const std::vector<std::string>& privileges) {
  for (Grant& grant : grants) {
    if (grant.grantee != grantee) continue;
    std::erase_if(grant.privileges, [&](const std::string& held) {
      return std::binary_search(privileges.begin(), privileges.end(), held);
    });
  }
  std::erase_if(grants, [](const Grant& grant) { return grant.privileges.empty(); });
}

bool has_grants(Kind kind) {
  return is_table(kind) || is_view(kind);
}

void grant_on(Run& run, ObjectId relation, const PgQuery__GrantStmt& grant) {
  if (!has_grants(run.catalog.at(relation).kind)) return;
  // REVOKE GRANT OPTION FOR leaves the privilege itself.
  if (!grant.is_grant && grant.grant_option) return;
  std::vector<std::string> privileges = privileges_of(grant);
  if (privileges.empty()) return;
  RelationDetail& detail = run.catalog.edit_relation(relation);
  for (const std::string& grantee : grantees_of(run, grant)) {
    if (!detail.owner.empty() && grantee == detail.owner) continue;
    if (grant.is_grant)
      add_privileges(detail.grants, grantee, privileges);
    else
      remove_privileges(detail.grants, grantee, privileges);
  }
  run.changed(grant.is_grant ? ChangeKind::grant : ChangeKind::revoke, relation);
}

bool is_of_routines(PgQuery__ObjectType type) {
  return type == PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION ||
         type == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE ||
         type == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE;
}

/// Whether it is about this privilege of everybody.
bool concerns_everybody(const Run& run, const PgQuery__GrantStmt& grant,
                        std::string_view privilege) {
  // REVOKE GRANT OPTION FOR leaves the privilege itself.
  if (!grant.is_grant && grant.grant_option) return false;
  const std::vector<std::string> grantees = grantees_of(run, grant);
  if (std::find(grantees.begin(), grantees.end(), "PUBLIC") == grantees.end()) return false;
  if (grant.n_privileges == 0) return true;
  for (std::size_t i = 0; i < grant.n_privileges; ++i)
    if (const char* name = grant.privileges[i]->access_priv->priv_name;
        name && fold_case(name) == privilege)
      return true;
  return false;
}

void grant_on_routine(Run& run, ObjectId id, const PgQuery__GrantStmt& grant) {
  if (run.catalog.at(id).kind != Kind::routine || !concerns_everybody(run, grant, "execute"))
    return;
  run.catalog.edit_detail<RoutineDetail>(id).public_may_execute = grant.is_grant != 0;
  run.changed(grant.is_grant ? ChangeKind::grant : ChangeKind::revoke, id);
}

void grant_on_schema(Run& run, ObjectId id, const PgQuery__GrantStmt& grant) {
  if (!concerns_everybody(run, grant, "create")) return;
  run.catalog.edit_detail<NamespaceDetail>(id).public_may_create = grant.is_grant != 0;
  run.changed(grant.is_grant ? ChangeKind::grant : ChangeKind::revoke, id);
}

/// Functions are procedures, too, where the statement says ROUTINES.
bool is_meant(const Object& object, PgQuery__ObjectType type) {
  const auto* routine = std::get_if<RoutineDetail>(&object.detail);
  if (!routine) return false;
  const bool is_procedure = routine->kind == RoutineKind::procedure;
  return type == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE ||
         is_procedure == (type == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE);
}

void grant_in_schema(Run& run, ObjectId schema, const PgQuery__GrantStmt& grant) {
  std::vector<ObjectId> objects;
  const bool of_tables = grant.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;
  if (!of_tables && !is_of_routines(grant.objtype)) return;
  run.catalog.for_each([&](const Object& object) {
    if (object.schema == schema &&
        (of_tables ? has_grants(object.kind) : is_meant(object, grant.objtype)))
      objects.push_back(object.id);
  });
  for (ObjectId object : objects)
    of_tables ? grant_on(run, object, grant) : grant_on_routine(run, object, grant);
}

/// What one role's functions are made with from now on, for everybody.
void close_or_open_functions(Session& session, ObjectId schema, bool open) {
  std::erase_if(session.default_grants, [&](const DefaultGrant& held) {
    return held.object_kind == "function" && held.schema == schema;
  });
  // What is granted everywhere cannot be taken back in one schema.
  if (!open && schema != kNoObject) return;
  session.default_grants.push_back(
      {schema,
       "function",
       {"PUBLIC", open ? std::vector<std::string>{"EXECUTE"} : std::vector<std::string>{}}});
}

}  // namespace

std::string role_name(const Run& run, const PgQuery__RoleSpec& role) {
  switch (role.roletype) {
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC:
      return "PUBLIC";
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING:
      return role.rolename;
    default:
      return run.session.role;
  }
}

void grant(Run& run, const PgQuery__GrantStmt& grant) {
  for (std::size_t i = 0; i < grant.n_objects; ++i) {
    const PgQuery__Node& object = *grant.objects[i];
    if (grant.targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA) {
      std::string name(string_of(&object));
      if (!is_system_schema(name)) grant_in_schema(run, schema_named(run, name), grant);
      continue;
    }
    if (grant.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE) {
      // ON TABLE takes every kind of relation.
      ObjectId relation = relation_named(run, name_of_object(&object));
      if (relation && run.catalog.at(relation).kind == Kind::index)
        refuse(quoted(run.catalog.at(relation).name) + " is an index");
      if (relation) grant_on(run, relation, grant);
      continue;
    }
    ObjectId named = object_named(run, grant.objtype, object);
    if (!named) continue;
    if (is_of_routines(grant.objtype)) grant_on_routine(run, named, grant);
    if (grant.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA) grant_on_schema(run, named, grant);
  }
}

void alter_default_privileges(Run& run, const PgQuery__AlterDefaultPrivilegesStmt& alter) {
  std::vector<ObjectId> schemas;
  bool for_other_role = false;
  for (std::size_t i = 0; i < alter.n_options; ++i) {
    const PgQuery__DefElem& option = *alter.options[i]->def_elem;
    if (!option.arg || option.arg->node_case != PG_QUERY__NODE__NODE_LIST) continue;
    const PgQuery__List& list = *option.arg->list;
    for (std::size_t j = 0; j < list.n_items; ++j) {
      if (std::string_view(option.defname) == "schemas")
        schemas.push_back(schema_named(run, std::string(string_of(list.items[j]))));
      else if (list.items[j]->node_case == PG_QUERY__NODE__NODE_ROLE_SPEC)
        for_other_role =
            for_other_role || role_name(run, *list.items[j]->role_spec) != run.session.role;
    }
  }
  // What another role makes later is another role's to be told of.
  if (!alter.action || for_other_role) return;
  if (schemas.empty()) schemas.push_back(kNoObject);
  if (is_of_routines(alter.action->objtype) && concerns_everybody(run, *alter.action, "execute"))
    for (ObjectId schema : schemas)
      close_or_open_functions(run.session, schema, alter.action->is_grant != 0);
  if (alter.action->objtype != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE) return;
  const std::vector<std::string> privileges = privileges_of(*alter.action);
  std::vector<DefaultGrant>& defaults = run.session.default_grants;
  for (ObjectId schema : schemas)
    for (const std::string& grantee : grantees_of(run, *alter.action)) {
      if (alter.action->is_grant) {
        defaults.push_back({schema, "table", {grantee, privileges}});
        continue;
      }
      for (DefaultGrant& held : defaults) {
        if (held.schema != schema || held.object_kind != "table") continue;
        std::vector<Grant> one = {held.grant};
        remove_privileges(one, grantee, privileges);
        held.grant.privileges =
            one.empty() ? std::vector<std::string>() : std::move(one[0].privileges);
      }
    }
}

void apply_default_grants(Run& run, ObjectId table) {
  if (run.session.default_grants.empty() || !has_grants(run.catalog.at(table).kind)) return;
  const ObjectId schema = run.catalog.at(table).schema;
  RelationDetail& detail = run.catalog.edit_relation(table);
  for (const DefaultGrant& held : run.session.default_grants) {
    if (held.object_kind != "table" || held.grant.privileges.empty()) continue;
    if (held.schema != kNoObject && held.schema != schema) continue;
    if (!detail.owner.empty() && held.grant.grantee == detail.owner) continue;
    add_privileges(detail.grants, held.grant.grantee, held.grant.privileges);
  }
}

bool functions_are_closed(const Session& session, ObjectId schema) {
  bool closed = false, opened = false;
  for (const DefaultGrant& held : session.default_grants) {
    if (held.object_kind != "function") continue;
    closed = closed || (held.schema == kNoObject && held.grant.privileges.empty());
    opened = opened || (held.schema == schema && !held.grant.privileges.empty());
  }
  return closed && !opened;
}

void alter_owner(Run& run, const PgQuery__AlterOwnerStmt& alter) {
  ObjectId object = kNoObject;
  if (alter.relation)
    object = relation_named(run, *alter.relation);
  else if (alter.object)
    object = object_named(run, alter.object_type, *alter.object);
  if (object && alter.newowner) set_owner(run, object, *alter.newowner);
}

void set_owner(Run& run, ObjectId object, const PgQuery__RoleSpec& role) {
  std::string owner = role_name(run, role);
  Object& owned = run.catalog.edit(object);
  if (auto* schema = std::get_if<NamespaceDetail>(&owned.detail)) {
    schema->owner = owner;
  } else if (auto* relation = std::get_if<RelationDetail>(&owned.detail)) {
    // The new owner's own privileges are not told.
    std::erase_if(relation->grants, [&](const Grant& grant) { return grant.grantee == owner; });
    relation->owner = owner;
  }
  run.changed(ChangeKind::owner, object).new_name = owner;
}

}  // namespace schemaudit::replay
