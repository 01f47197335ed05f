// ALTER COLUMN ... ADD GENERATED AS IDENTITY, SET and DROP IDENTITY. Private to analyzer/sql.
//
//   add_column_identity(run, {table, true}, command);   the column has a sequence of its own then
#pragma once

#include "analyzer/sql/replay/alter_column.h"

namespace schemaudit::replay {

void add_column_identity(Run& run, const AlterPlace& place, const PgQuery__AlterTableCmd& command);
void set_column_identity(Run& run, const AlterPlace& place, const PgQuery__AlterTableCmd& command);
void drop_column_identity(Run& run, const AlterPlace& place, const PgQuery__AlterTableCmd& command);

}  // namespace schemaudit::replay
