// CREATE and ALTER of functions, procedures and aggregates. Private to analyzer/sql.
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void create_function(Run& run, const PgQuery__CreateFunctionStmt& create);
void alter_function(Run& run, const PgQuery__AlterFunctionStmt& alter);
void create_language(Run& run, const PgQuery__CreatePLangStmt& create);
/// CREATE AGGREGATE.
void create_aggregate(Run& run, const PgQuery__DefineStmt& define);

}  // namespace schemaudit::replay
