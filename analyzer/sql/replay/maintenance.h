// REFRESH, CLUSTER, REINDEX, VACUUM, ANALYZE and LOCK: they change nothing that a schema holds, and
// are refused where what they name is not there. Private to analyzer/sql.
//
//   vacuum(run, *node.vacuum_stmt);   // VACUUM orders: refused between BEGIN and COMMIT, too
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void refresh(Run& run, const PgQuery__RefreshMatViewStmt& refresh);
void cluster(Run& run, const PgQuery__ClusterStmt& cluster);
void reindex(Run& run, const PgQuery__ReindexStmt& reindex);
void vacuum(Run& run, const PgQuery__VacuumStmt& vacuum);
void lock(Run& run, const PgQuery__LockStmt& lock);

}  // namespace schemaudit::replay
