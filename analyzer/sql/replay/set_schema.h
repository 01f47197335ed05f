// ALTER ... SET SCHEMA. Private to analyzer/sql.
//
//   ALTER TABLE users SET SCHEMA archive;
//   set_schema_statement(run, *node.alter_object_schema_stmt);   // its indexes go along
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void set_schema_statement(Run& run, const PgQuery__AlterObjectSchemaStmt& alter);

}  // namespace schemaudit::replay
