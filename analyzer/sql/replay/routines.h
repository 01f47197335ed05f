// CREATE and ALTER of functions and procedures, CREATE of aggregates and languages. Private to
// analyzer/sql.
//
//   CREATE FUNCTION add(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT a + b';
//   create_function(run, *node.create_function_stmt);
//   // RoutineDetail: arguments integer and integer, defaults 1, returns integer
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void create_function(Run& run, const PgQuery__CreateFunctionStmt& create);
void alter_function(Run& run, const PgQuery__AlterFunctionStmt& alter);
void create_language(Run& run, const PgQuery__CreatePLangStmt& create);
/// CREATE AGGREGATE.
void create_aggregate(Run& run, const PgQuery__DefineStmt& define);

}  // namespace schemaudit::replay
