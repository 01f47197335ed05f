// The subcommands of ALTER TABLE that are about the table as a whole: the type it is made OF,
// whether it is logged, and which of its triggers fire. Private to analyzer/sql.
//
//   switch_triggers(run, place, "audit", false);     // DISABLE TRIGGER audit
#pragma once

#include <string>
#include <vector>

#include "analyzer/sql/replay/alter_column.h"
#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// ALTER TABLE ... OF: the columns have to be those of the type, in its order.
void make_typed(Run& run, ObjectId table, const PgQuery__TypeName& name);
void make_untyped(Run& run, ObjectId table);
/// All SET LOGGED and UNLOGGED of a statement: refuses one that follows on a change.
void require_one_persistence(const Run& run, ObjectId table, const std::vector<bool>& unlogged);
/// SET LOGGED and UNLOGGED.
void set_persistence(Run& run, ObjectId table, bool unlogged);
/// All where `name` is empty. Of a partitioned table also what its partitions have of the trigger,
/// and no other of theirs.
void switch_triggers(Run& run, const AlterPlace& place, const std::string& name, bool enabled);

}  // namespace schemaudit::replay
