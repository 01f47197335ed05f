// The partitions of a table, of which some facts about their root are made up.
//
//   for (const Relation* partition : partitions_of(schema, root)) ...
#pragma once

#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit {

/// Its own, not those of its partitions; none for a table that is not partitioned.
inline std::vector<const Relation*> partitions_of(const Schema& schema, const Relation& root) {
  std::vector<const Relation*> partitions;
  if (root.kind != RelationKind::partitioned_table) return partitions;
  for (const Relation& relation : schema.relations)
    if (relation.partition_of && relation.partition_of->parent == root.name)
      partitions.push_back(&relation);
  return partitions;
}

}  // namespace schemaudit
