// Row security policies. Private to analyzer/sql.
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void create_policy(Run& run, const PgQuery__CreatePolicyStmt& create);
void alter_policy(Run& run, const PgQuery__AlterPolicyStmt& alter);

}  // namespace schemaudit::replay
