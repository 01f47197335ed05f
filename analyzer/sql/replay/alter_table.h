// ALTER TABLE, and the parts of ALTER INDEX, VIEW and SEQUENCE that are written like it. Private
// to analyzer/sql.
//
//   ALTER TABLE orders ADD total int, DROP price;
//   alter_table(run, *node.alter_table_stmt);   // in the server's order: price goes first
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void alter_table(Run& run, const PgQuery__AlterTableStmt& alter);

}  // namespace schemaudit::replay
