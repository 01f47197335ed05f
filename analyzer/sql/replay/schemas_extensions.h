// CREATE SCHEMA, and extensions with what they bring. Private to analyzer/sql.
//
//   CREATE SCHEMA app CREATE TABLE users (id int);   makes app.users, too
//   CREATE EXTENSION citext;                         makes the type citext, too
//
// Types of an extension are Kind::base_type, its functions Kind::routine in the language
// `extension`, of which nothing but the name is known; both have a NeedKind::extension of it.
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void create_schema(Run& run, const PgQuery__CreateSchemaStmt& create);

void create_extension(Run& run, const PgQuery__CreateExtensionStmt& create);
/// ALTER EXTENSION ... UPDATE.
void update_extension(Run& run, const PgQuery__AlterExtensionStmt& alter);
/// ALTER EXTENSION ... ADD and DROP of a member.
void change_extension_members(Run& run, const PgQuery__AlterExtensionContentsStmt& alter);
/// ALTER EXTENSION ... SET SCHEMA: its members go along.
void move_extension(Run& run, ObjectId extension, ObjectId schema);

}  // namespace schemaudit::replay
