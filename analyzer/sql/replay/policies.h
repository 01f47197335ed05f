// Row security policies. Private to analyzer/sql.
//
//   CREATE POLICY own ON notes FOR SELECT USING (owner = current_user);
//   create_policy(run, *node.create_policy_stmt);   // PolicyDetail::roles is {"public"}
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void create_policy(Run& run, const PgQuery__CreatePolicyStmt& create);
void alter_policy(Run& run, const PgQuery__AlterPolicyStmt& alter);

}  // namespace schemaudit::replay
