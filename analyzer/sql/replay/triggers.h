// Triggers, their copies on partitions, event triggers and rules. Private to analyzer/sql.
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

void create_trigger(Run& run, const PgQuery__CreateTrigStmt& create);
/// Gives a partition its parent's row triggers.
void clone_triggers(Run& run, ObjectId parent, ObjectId partition);

void create_rule(Run& run, const PgQuery__RuleStmt& create);

}  // namespace schemaudit::replay
