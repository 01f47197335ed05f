// ALTER TABLE, and the parts of ALTER INDEX, VIEW and SEQUENCE that are written like it. Private
// to analyzer/sql.
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void alter_table(Run& run, const PgQuery__AlterTableStmt& alter);

}  // namespace schemaudit::replay
