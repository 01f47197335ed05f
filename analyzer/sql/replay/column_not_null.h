// ALTER COLUMN ... SET and DROP NOT NULL; not_null_constraints.h has the constraints with names
// that they are since PostgreSQL 18. Private to analyzer/sql.
//
//   set_column_not_null(run, {table, true}, "email", false);   in all children, too
#pragma once

#include <string>

#include "analyzer/sql/replay/alter_column.h"

namespace schemaudit::replay {

/// Refuses NOT NULL of the table alone where a partition below it is not that already.
void require_not_null_parts(const Run& run, ObjectId table, int column);
/// `parts_have_it`: the partitions stay as they are.
void set_column_not_null(Run& run, const AlterPlace& place, const std::string& column,
                         bool parts_have_it);
void drop_column_not_null(Run& run, const AlterPlace& place, const std::string& column);

}  // namespace schemaudit::replay
