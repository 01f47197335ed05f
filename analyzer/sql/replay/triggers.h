// Triggers, their copies on partitions, and rules. Private to analyzer/sql.
//
//   CREATE TRIGGER stamp BEFORE UPDATE ON logs FOR EACH ROW EXECUTE FUNCTION stamp();
//   create_trigger(run, *node.create_trig_stmt);   // on the partitions of logs, too
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void create_trigger(Run& run, const PgQuery__CreateTrigStmt& create);
/// Gives a partition its parent's row triggers.
void clone_triggers(Run& run, ObjectId parent, ObjectId partition);

void create_rule(Run& run, const PgQuery__RuleStmt& create);

}  // namespace schemaudit::replay
