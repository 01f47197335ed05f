// From CREATE FUNCTION and CREATE PROCEDURE to the model. Private to analyzer/sql.
//
//   Function function = function_from(*node.create_function_stmt, statement);
#pragma once

#include "analyzer/model/schema.h"
#include "analyzer/sql/pg_tree.h"
#include "analyzer/sql/table_elements.h"

namespace schemaudit {

Function function_from(const PgQuery__CreateFunctionStmt& statement, const StatementText& text);

}  // namespace schemaudit
