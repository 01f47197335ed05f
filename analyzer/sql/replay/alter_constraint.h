// The subcommands of ALTER TABLE that change what a constraint is, or make one of an index. Private
// to analyzer/sql.
//
//   use_index(run, table, constraint);     // ADD PRIMARY KEY USING INDEX i
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// ADD ... USING INDEX: the index takes the constraint's name, or gives it its own.
void use_index(Run& run, ObjectId table, const PgQuery__Constraint& constraint);
/// ALTER CONSTRAINT of a foreign key, and of its parts on partitions.
void alter_constraint(Run& run, ObjectId table, const PgQuery__AlterTableCmd& command);

}  // namespace schemaudit::replay
