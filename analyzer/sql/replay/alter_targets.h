// Which relations an action of ALTER TABLE is for. Private to analyzer/sql.
//
//   alters(PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull, Kind::materialized_view)   false
#pragma once

#include "analyzer/sql/pg_tree.h"
#include "analyzer/sql/replay/objects.h"

namespace schemaudit::replay {

/// Whether a relation of that kind has what the action changes (ATPrepCmd() of
/// src/backend/commands/tablecmds.c).
bool alters(PgQuery__AlterTableType action, Kind kind);

}  // namespace schemaudit::replay
