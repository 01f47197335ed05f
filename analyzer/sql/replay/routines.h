// Functions and procedures: CREATE, ALTER and calls. Private to analyzer/sql.
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// The catalog's function that a call means; kNoObject for one of pg_catalog's. Refuses where
/// there is none that fits.
ObjectId resolve_call(Run& run, const PgQuery__FuncCall& call);

/// The function that `f(integer, text)` or `f` alone means in DROP, ALTER and COMMENT; refuses
/// where there is none or, of a bare name, several.
ObjectId routine_named(Run& run, const PgQuery__ObjectWithArgs& name, bool missing_ok);

void create_function(Run& run, const PgQuery__CreateFunctionStmt& create);
void alter_function(Run& run, const PgQuery__AlterFunctionStmt& alter);

}  // namespace schemaudit::replay
