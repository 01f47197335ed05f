// Privileges and owners: GRANT, REVOKE, ALTER DEFAULT PRIVILEGES and OWNER TO. Private to
// analyzer/sql.
//
//   GRANT SELECT ON orders TO reader;             RelationDetail::grants has {"reader", {"SELECT"}}
//   REVOKE ALL ON FUNCTION purge() FROM PUBLIC;   RoutineDetail::public_may_execute is false
//
// Only what a Schema holds is kept: privileges on whole tables and views, but none of their
// owner's, whether everybody may call a function and make objects in a schema, and owners of tables
// and views.
#pragma once

#include <string>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void grant(Run& run, const PgQuery__GrantStmt& grant);
void alter_default_privileges(Run& run, const PgQuery__AlterDefaultPrivilegesStmt& alter);
/// Gives a new table or view what ALTER DEFAULT PRIVILEGES said before.
void apply_default_grants(Run& run, ObjectId table);

/// Whether ALTER DEFAULT PRIVILEGES said that not everybody may call a new function of the schema.
bool functions_are_closed(const Session& session, ObjectId schema);

void alter_owner(Run& run, const PgQuery__AlterOwnerStmt& alter);
void set_owner(Run& run, ObjectId object, const PgQuery__RoleSpec& role);

/// `PUBLIC`, or the role's name; that of the session for CURRENT_USER and its like.
std::string role_name(const Run& run, const PgQuery__RoleSpec& role);

}  // namespace schemaudit::replay
