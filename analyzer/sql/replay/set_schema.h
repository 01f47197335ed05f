// ALTER ... SET SCHEMA. Private to analyzer/sql.
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void set_schema_statement(Run& run, const PgQuery__AlterObjectSchemaStmt& alter);

}  // namespace schemaudit::replay
