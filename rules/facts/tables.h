// Which relations a rule counts.
//
//   if (!stands_for_itself(relation)) continue;
#pragma once

#include "analyzer/model/schema.h"

namespace schemaudit {

/// A table that is told on its own: no view, and no partition, which its root tells.
inline bool stands_for_itself(const Relation& relation) {
  return !relation.is_view() && !relation.partition_of;
}

/// The same for tables whose rows this server keeps: keys and indexes can be put on them.
inline bool keeps_rows(const Relation& relation) {
  return stands_for_itself(relation) && relation.kind != RelationKind::foreign_table;
}

}  // namespace schemaudit
