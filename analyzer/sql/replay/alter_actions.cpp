#include "analyzer/sql/replay/alter_actions.h"

#include <algorithm>

namespace schemaudit::replay {

const std::vector<AlterAction>& alter_actions() {
  static const std::vector<AlterAction> kActions = {
      {"AT_AddColumn", "ADD COLUMN", Treatment::replayed, ""},
      {"AT_ColumnDefault", "ALTER COLUMN SET DEFAULT, DROP DEFAULT", Treatment::replayed, ""},
      {"AT_DropNotNull", "ALTER COLUMN DROP NOT NULL", Treatment::replayed, ""},
      {"AT_SetNotNull", "ALTER COLUMN SET NOT NULL", Treatment::replayed, ""},
      {"AT_SetExpression", "ALTER COLUMN SET EXPRESSION", Treatment::replayed, "PostgreSQL 17."},
      {"AT_DropExpression", "ALTER COLUMN DROP EXPRESSION", Treatment::replayed, ""},
      {"AT_SetStatistics", "ALTER COLUMN SET STATISTICS", Treatment::no_effect, ""},
      {"AT_SetOptions", "ALTER COLUMN SET (...)", Treatment::no_effect, ""},
      {"AT_ResetOptions", "ALTER COLUMN RESET (...)", Treatment::no_effect, ""},
      {"AT_SetStorage", "ALTER COLUMN SET STORAGE", Treatment::no_effect, ""},
      {"AT_SetCompression", "ALTER COLUMN SET COMPRESSION", Treatment::no_effect, ""},
      {"AT_DropColumn", "DROP COLUMN", Treatment::replayed, "With CASCADE and RESTRICT."},
      {"AT_AddConstraint", "ADD CONSTRAINT", Treatment::replayed,
       "NOT VALID and USING INDEX included."},
      {"AT_AlterConstraint", "ALTER CONSTRAINT", Treatment::replayed, ""},
      {"AT_ValidateConstraint", "VALIDATE CONSTRAINT", Treatment::replayed, ""},
      {"AT_DropConstraint", "DROP CONSTRAINT", Treatment::replayed, "With CASCADE and RESTRICT."},
      {"AT_AlterColumnType", "ALTER COLUMN TYPE", Treatment::replayed,
       "Views and rules on the column refuse it, as they do on a server."},
      {"AT_AlterColumnGenericOptions", "ALTER COLUMN OPTIONS", Treatment::no_effect,
       "Of foreign tables."},
      {"AT_ChangeOwner", "OWNER TO", Treatment::replayed, ""},
      {"AT_ClusterOn", "CLUSTER ON", Treatment::no_effect, ""},
      {"AT_DropCluster", "SET WITHOUT CLUSTER", Treatment::no_effect, ""},
      {"AT_SetLogged", "SET LOGGED", Treatment::replayed, ""},
      {"AT_SetUnLogged", "SET UNLOGGED", Treatment::replayed, ""},
      {"AT_DropOids", "SET WITHOUT OIDS", Treatment::no_effect, ""},
      {"AT_SetAccessMethod", "SET ACCESS METHOD", Treatment::no_effect, ""},
      {"AT_SetTableSpace", "SET TABLESPACE", Treatment::no_effect, ""},
      {"AT_SetRelOptions", "SET (...)", Treatment::replayed,
       "A view's security_invoker; the other options are no part of a schema here."},
      {"AT_ResetRelOptions", "RESET (...)", Treatment::replayed, "As SET."},
      {"AT_EnableTrig", "ENABLE TRIGGER", Treatment::replayed, ""},
      {"AT_EnableAlwaysTrig", "ENABLE ALWAYS TRIGGER", Treatment::replayed, "As ENABLE TRIGGER."},
      {"AT_EnableReplicaTrig", "ENABLE REPLICA TRIGGER", Treatment::replayed, "As ENABLE TRIGGER."},
      {"AT_DisableTrig", "DISABLE TRIGGER", Treatment::replayed, ""},
      {"AT_EnableTrigAll", "ENABLE TRIGGER ALL", Treatment::replayed, ""},
      {"AT_DisableTrigAll", "DISABLE TRIGGER ALL", Treatment::replayed, ""},
      {"AT_EnableTrigUser", "ENABLE TRIGGER USER", Treatment::replayed, ""},
      {"AT_DisableTrigUser", "DISABLE TRIGGER USER", Treatment::replayed, ""},
      {"AT_EnableRule", "ENABLE RULE", Treatment::no_effect, ""},
      {"AT_EnableAlwaysRule", "ENABLE ALWAYS RULE", Treatment::no_effect, ""},
      {"AT_EnableReplicaRule", "ENABLE REPLICA RULE", Treatment::no_effect, ""},
      {"AT_DisableRule", "DISABLE RULE", Treatment::no_effect, ""},
      {"AT_AddInherit", "INHERIT", Treatment::replayed, ""},
      {"AT_DropInherit", "NO INHERIT", Treatment::replayed, ""},
      {"AT_AddOf", "OF", Treatment::replayed, ""},
      {"AT_DropOf", "NOT OF", Treatment::replayed, ""},
      {"AT_ReplicaIdentity", "REPLICA IDENTITY", Treatment::no_effect, ""},
      {"AT_EnableRowSecurity", "ENABLE ROW LEVEL SECURITY", Treatment::replayed, ""},
      {"AT_DisableRowSecurity", "DISABLE ROW LEVEL SECURITY", Treatment::replayed, ""},
      {"AT_ForceRowSecurity", "FORCE ROW LEVEL SECURITY", Treatment::replayed, ""},
      {"AT_NoForceRowSecurity", "NO FORCE ROW LEVEL SECURITY", Treatment::replayed, ""},
      {"AT_GenericOptions", "OPTIONS", Treatment::no_effect, "Of foreign tables."},
      {"AT_AttachPartition", "ATTACH PARTITION", Treatment::replayed, "Of tables and indexes."},
      {"AT_DetachPartition", "DETACH PARTITION", Treatment::replayed, ""},
      {"AT_DetachPartitionFinalize", "DETACH PARTITION FINALIZE", Treatment::no_effect,
       "The partition is gone with DETACH PARTITION CONCURRENTLY."},
      {"AT_AddIdentity", "ALTER COLUMN ADD GENERATED AS IDENTITY", Treatment::replayed, ""},
      {"AT_SetIdentity", "ALTER COLUMN SET GENERATED", Treatment::replayed, ""},
      {"AT_DropIdentity", "ALTER COLUMN DROP IDENTITY", Treatment::replayed, ""},
      {"AT_AddColumnRecurse", "", Treatment::unanalysed, ""},
      {"AT_AddColumnToView", "", Treatment::unanalysed, ""},
      {"AT_CookedColumnDefault", "", Treatment::unanalysed, ""},
      {"AT_CheckNotNull", "", Treatment::unanalysed, ""},
      {"AT_DropColumnRecurse", "", Treatment::unanalysed, ""},
      {"AT_AddIndex", "", Treatment::unanalysed, ""},
      {"AT_ReAddIndex", "", Treatment::unanalysed, ""},
      {"AT_AddConstraintRecurse", "", Treatment::unanalysed, ""},
      {"AT_ReAddConstraint", "", Treatment::unanalysed, ""},
      {"AT_ReAddDomainConstraint", "", Treatment::unanalysed, ""},
      {"AT_ValidateConstraintRecurse", "", Treatment::unanalysed, ""},
      {"AT_AddIndexConstraint", "", Treatment::unanalysed, ""},
      {"AT_DropConstraintRecurse", "", Treatment::unanalysed, ""},
      {"AT_ReAddComment", "", Treatment::unanalysed, ""},
      {"AT_ReplaceRelOptions", "", Treatment::unanalysed, ""},
      {"AT_ReAddStatistics", "", Treatment::unanalysed, ""},
  };
  return kActions;
}

const AlterAction* alter_action(PgQuery__AlterTableType subtype) {
  const ProtobufCEnumValue* value =
      protobuf_c_enum_descriptor_get_value(&pg_query__alter_table_type__descriptor, subtype);
  if (!value) return nullptr;
  auto at = std::find_if(alter_actions().begin(), alter_actions().end(),
                         [&](const AlterAction& action) { return action.subtype == value->name; });
  return at == alter_actions().end() ? nullptr : &*at;
}

}  // namespace schemaudit::replay
