#include "analyzer/sql/replay/alter_targets.h"

namespace schemaudit::replay {

namespace {

constexpr unsigned kTables = 1, kForeignTables = 2, kViews = 4, kMaterializedViews = 8,
                   kIndexes = 16, kSequences = 32,
                   kAnyRelation = kTables | kForeignTables | kViews | kMaterializedViews |
                                  kIndexes | kSequences;

unsigned bit_of(Kind kind) {
  switch (kind) {
    case Kind::table:
    case Kind::partitioned_table:
      return kTables;
    case Kind::foreign_table:
      return kForeignTables;
    case Kind::view:
      return kViews;
    case Kind::materialized_view:
      return kMaterializedViews;
    case Kind::index:
      return kIndexes;
    default:
      return kSequences;
  }
}

unsigned targets_of(PgQuery__AlterTableType type) {
  switch (type) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      return kTables | kForeignTables | kViews;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
      return kTables | kForeignTables | kMaterializedViews | kIndexes;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
      return kTables | kForeignTables | kMaterializedViews;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
      return kTables | kMaterializedViews;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
      return kTables | kSequences;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
      return kTables | kMaterializedViews | kIndexes;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
      return kTables | kViews | kMaterializedViews | kIndexes;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
      return kTables | kIndexes;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddOf:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOf:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
      return kTables;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
      return kAnyRelation;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule:
      return kTables;
    default:
      return kTables | kForeignTables;
  }
}

}  // namespace

bool alters(PgQuery__AlterTableType action, Kind kind) {
  return (targets_of(action) & bit_of(kind)) != 0;
}

}  // namespace schemaudit::replay
