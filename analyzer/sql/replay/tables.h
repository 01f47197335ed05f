// CREATE TABLE in all its forms. Private to analyzer/sql.
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void create_table(Run& run, const PgQuery__CreateStmt& create, Kind kind = Kind::table);

}  // namespace schemaudit::replay
