// Partitioned tables and their partitions: keys, bounds, ATTACH and DETACH. Private to
// analyzer/sql.
//
//   CREATE TABLE logs_2026 PARTITION OF logs FOR VALUES FROM (2026) TO (2027);
//   place_partition(run, logs_2026, logs, *create.partbound);
//   equip_partition(run, logs_2026, logs);   // its indexes, triggers and foreign keys
#pragma once

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

StoredPartitionKey partition_key_from(Run& run, ObjectId table, PgQuery__PartitionSpec& spec,
                                      std::vector<Need>& needs);

/// Makes `partition` a partition of `parent` with this bound; refuses a bound that is another
/// partition's, too, where that can be told.
void place_partition(Run& run, ObjectId partition, ObjectId parent,
                     const PgQuery__PartitionBoundSpec& bound);
/// Indexes, triggers and foreign keys that the parent's partitions have.
void equip_partition(Run& run, ObjectId partition, ObjectId parent);

void attach_partition(Run& run, ObjectId parent, const PgQuery__PartitionCmd& command);
void detach_partition(Run& run, ObjectId parent, const PgQuery__PartitionCmd& command);

/// Whether the column is one of its partition key.
bool in_partition_key(const RelationDetail& table, int column);

}  // namespace schemaudit::replay
