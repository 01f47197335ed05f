#include "analyzer/sql/replay/alter_table.h"

#include <algorithm>
#include <map>

#include "analyzer/sql/newer_trees.h"
#include "analyzer/sql/replay/alter_actions.h"
#include "analyzer/sql/replay/alter_column.h"
#include "analyzer/sql/replay/alter_constraint.h"
#include "analyzer/sql/replay/alter_properties.h"
#include "analyzer/sql/replay/alter_targets.h"
#include "analyzer/sql/replay/column_identity.h"
#include "analyzer/sql/replay/column_not_null.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/grants.h"
#include "analyzer/sql/replay/indexes.h"
#include "analyzer/sql/replay/inheritance.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/not_null_constraints.h"
#include "analyzer/sql/replay/partitions.h"
#include "analyzer/sql/replay/sequences.h"
#include "analyzer/sql/replay/storage_parameters.h"
#include "analyzer/sql/replay/type_statements.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

/// The order in which the server carries out the subcommands of one statement (AT_PASS_* of
/// src/backend/commands/tablecmds.c).
enum Pass { kDrop, kAlterType, kAddColumn, kColumnAttributes, kAddIndex, kAddOther, kMisc };

Pass pass_of(const PgQuery__AlterTableCmd& command) {
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      return kDrop;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
      return command.def ? kAddOther : kDrop;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      return kAlterType;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      return kAddColumn;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
      return kColumnAttributes;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
      if (command.def && command.def->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
        switch (command.def->constraint->contype) {
          case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
          case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
          case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
            return kAddIndex;
          default:
            return kAddOther;
        }
      return kAddOther;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
      return kAddOther;
    default:
      return sets_expression(command) ? kColumnAttributes : kMisc;
  }
}

struct Step {
  Pass pass = kMisc;
  const PgQuery__AlterTableCmd* command = nullptr;
  /// Constraints that stand in the definition of an added column: its keys, or one other.
  std::vector<ConstraintClause> constraints;
  /// Of SET NOT NULL: no partition is looked at, as the column was not null at the beginning.
  bool parts_have_it = false;
};

class TableAlteration {
 public:
  TableAlteration(Run& run, const PgQuery__AlterTableStmt& alter, ObjectId table)
      : run_(run), alter_(alter), place_{table, alter.relation->inh != 0} {}

  void apply() {
    for (std::size_t i = 0; i < alter_.n_cmds; ++i)
      if (alter_.cmds[i]->node_case == PG_QUERY__NODE__NODE_ALTER_TABLE_CMD) {
        const PgQuery__AlterTableCmd& command = *alter_.cmds[i]->alter_table_cmd;
        steps_.push_back({pass_of(command), &command, {}, parts_have(command)});
      }
    require_persistence();
    for (int pass = kDrop; pass <= kMisc; ++pass) {
      for (std::size_t i = 0; i < steps_.size(); ++i)
        if (steps_[i].pass == pass) take(Step(steps_[i]));
      if (pass == kDrop) require_columns_below();
      if (pass == kAlterType) remake_on_new_types(run_, retyped_);
    }
  }

 private:
  void note_columns_below(ObjectId table, const std::string& column) {
    for (ObjectId child : run_.catalog.children(table)) {
      if (!find_attribute(run_.catalog.relation(child), column)) continue;
      default_dropped_of_.emplace_back(child, column);
      note_columns_below(child, column);
    }
  }

  /// The server carries out a pass on the table first, then on its children: the column whose
  /// default it drops there may have gone with a DROP COLUMN of the same statement.
  void require_columns_below() const {
    for (const auto& [child, column] : default_dropped_of_)
      if (!find_attribute(run_.catalog.relation(child), column))
        refuse("column " + quoted(column) + " of relation " + quoted(run_.catalog.at(child).name) +
               " does not exist");
  }

  void require_persistence() const {
    std::vector<bool> unlogged;
    for (const Step& step : steps_)
      if (step.command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged ||
          step.command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged)
        unlogged.push_back(step.command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged);
    if (unlogged.size() > 1 && is_table(run_.catalog.at(place_.table).kind))
      require_one_persistence(run_, place_.table, unlogged);
  }

  void take(const Step& step) {
    if (step.command)
      carry_out(*step.command, step.parts_have_it);
    else if (step.pass == kAddIndex)
      make_keys(run_, place_.table, step.constraints, place_.recurse);
    else
      for (const ConstraintClause& clause : step.constraints)
        add_constraint(*clause.constraint, clause.column);
  }

  /// ATPrepSetNotNull(), which goes by what the table is before the statement does anything.
  bool parts_have(const PgQuery__AlterTableCmd& command) const {
    if (command.subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull ||
        run_.catalog.at(place_.table).kind != Kind::partitioned_table ||
        run_.catalog.children(place_.table).empty())
      return false;
    int column = column_named(run_, place_.table, command.name);
    return run_.catalog.relation(place_.table).attributes[column - 1].not_null;
  }

  void carry_out(const PgQuery__AlterTableCmd& command, bool parts_have_it) {
    const std::string name = command.name ? command.name : "";
    const bool cascade = command.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    switch (command.subtype) {
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        add(command);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
        drop_column(run_, place_, name, cascade, command.missing_ok);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        require_first_type(name);
        for (const ColumnPlace& at : alter_column_type(run_, place_, command))
          retyped_.push_back(at);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
        set_column_not_null(run_, place_, name, parts_have_it);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
        drop_column_not_null(run_, place_, name);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
        if (!command.def && place_.recurse) note_columns_below(place_.table, name);
        set_column_default(run_, place_, command);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
        drop_column_expression(run_, place_, command);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
        add_column_identity(run_, place_, command);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
        set_column_identity(run_, place_, command);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
        drop_column_identity(run_, place_, command);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
        if (!name.empty() && has_columns(run_.catalog.at(place_.table).kind)) {
          column_named(run_, place_.table, name);
          run_.column_changed(ChangeKind::column_property, place_.table, name);
        }
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
        if (command.def && command.def->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
          add_constraint(*command.def->constraint, {});
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
        alter_constraint(run_, place_.table, command);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
        validate_constraint(run_, place_.table, name, place_.recurse);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
        drop_constraint(run_, place_.table, name, cascade, command.missing_ok, place_.recurse);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
        if (command.newowner) set_owner(run_, place_.table, *command.newowner);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
        set_persistence(run_, place_.table,
                        command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
        switch_triggers(run_, place_, name, true);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
        switch_triggers(run_, place_, name, false);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
        switch_triggers(run_, place_, {}, true);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
        switch_triggers(run_, place_, {}, false);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
        run_.catalog.edit_relation(place_.table).row_security =
            command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity;
        run_.changed(ChangeKind::property, place_.table);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
        run_.catalog.edit_relation(place_.table).row_security_forced =
            command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity;
        run_.changed(ChangeKind::property, place_.table);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit:
        if (command.def) add_parent(run_, place_.table, table_named(run_, *command.def->range_var));
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit:
        if (command.def)
          remove_parent(run_, place_.table, table_named(run_, *command.def->range_var));
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
        if (command.def) attach_partition(run_, place_.table, *command.def->partition_cmd);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
        if (command.def) detach_partition(run_, place_.table, *command.def->partition_cmd);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize:
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AddOf:
        if (command.def) make_typed(run_, place_.table, *command.def->type_name);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOf:
        make_untyped(run_, place_.table);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
        if (run_.catalog.at(place_.table).kind == Kind::partitioned_table)
          refuse("cannot specify storage parameters for a partitioned table");
        if (command.def && command.def->node_case == PG_QUERY__NODE__NODE_LIST)
          require_parameters(run_.catalog.at(place_.table).kind, command.def->list->n_items,
                             command.def->list->items);
        set_options(command, false);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
        set_options(command, true);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
        if (run_.catalog.at(place_.table).kind == Kind::partitioned_table)
          refuse("cannot mark index clustered in partitioned table");
        run_.changed(ChangeKind::property, place_.table);
        break;
      default: {
        if (sets_expression(command)) {
          set_column_expression(run_, place_, command);
          break;
        }
        // Options, tablespaces, clustering, replica identity, rules: nothing that a Schema holds.
        const AlterAction* action = alter_action(command.subtype);
        if (!action || action->treatment == Treatment::unanalysed)
          give_up("ALTER TABLE " + std::string(action ? action->name : "in this form") +
                  " is not followed");
        run_.changed(ChangeKind::property, place_.table);
        break;
      }
    }
  }

  void set_options(const PgQuery__AlterTableCmd& command, bool to_default) {
    if (run_.catalog.at(place_.table).kind == Kind::view && command.def &&
        command.def->node_case == PG_QUERY__NODE__NODE_LIST)
      if (std::optional<bool> invoker =
              security_invoker(command.def->list->n_items, command.def->list->items))
        run_.catalog.edit_relation(place_.table).security_invoker = *invoker && !to_default;
    run_.changed(ChangeKind::property, place_.table);
  }

  /// A statement may give a column one other type.
  void require_first_type(const std::string& column) {
    const RelationDetail& table = run_.catalog.relation(place_.table);
    int number = find_attribute(table, column);
    if (!number) return;
    const std::optional<TypeRef>& type = table.attributes[number - 1].type;
    auto [before, first] = types_before_.try_emplace(column, type);
    if (!first && before->second != type)
      refuse("cannot alter type of column " + quoted(column) + " twice");
  }

  void add(const PgQuery__AlterTableCmd& command) {
    if (!command.def || command.def->node_case != PG_QUERY__NODE__NODE_COLUMN_DEF) return;
    const PgQuery__ColumnDef& definition = *command.def->column_def;
    if (!add_column(run_, place_, definition, command.missing_ok)) return;
    PgQuery__Constraint* last = nullptr;
    Step keys{kAddIndex, nullptr, {}};
    for (std::size_t i = 0; i < definition.n_constraints; ++i) {
      if (definition.constraints[i]->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) continue;
      PgQuery__Constraint* constraint = definition.constraints[i]->constraint;
      switch (constraint->contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
          keys.constraints.push_back({constraint, definition.colname});
          last = constraint;
          break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
          steps_.push_back({kAddOther, nullptr, {{constraint, definition.colname}}});
          last = constraint;
          break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
          if (last) last->initdeferred = 1;
          [[fallthrough]];
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
          if (last) last->deferrable = 1;
          break;
        default:
          take_enforcement(*constraint, last);
          break;
      }
    }
    if (!keys.constraints.empty()) steps_.push_back(std::move(keys));
  }

  void add_constraint(PgQuery__Constraint& constraint, const std::string& column) {
    switch (constraint.contype) {
      case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        add_check(run_, constraint,
                  {.table = place_.table, .column = column, .recurse = place_.recurse});
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        add_foreign_key(run_, constraint,
                        {.table = place_.table, .column = column, .recurse = place_.recurse});
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
      case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION: {
        if (constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY)
          require_no_primary_key(run_, place_.table, constraint.location);
        if (constraint.indexname && *constraint.indexname) {
          use_index(run_, place_.table, constraint);
          break;
        }
        make_keys(run_, place_.table, {{&constraint, column}}, place_.recurse);
        break;
      }
      case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        add_not_null(run_, place_, constraint);
        break;
      default:
        break;
    }
  }

  Run& run_;
  const PgQuery__AlterTableStmt& alter_;
  AlterPlace place_;
  std::vector<Step> steps_;
  std::map<std::string, std::optional<TypeRef>> types_before_;
  std::vector<ColumnPlace> retyped_;
  /// Columns of children whose default this statement drops with that of their parent.
  std::vector<std::pair<ObjectId, std::string>> default_dropped_of_;
};

}  // namespace

void alter_table(Run& run, const PgQuery__AlterTableStmt& alter) {
  if (alter.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE) return alter_composite(run, alter);
  if (alter.missing_ok && !find_relation(run, name_of(*alter.relation))) return;
  ObjectId table = relation_named(run, *alter.relation);
  if (!table)
    refuse("permission denied: " + quoted(alter.relation->relname) + " is a system catalog");
  Kind kind = run.catalog.at(table).kind;
  if (kind == Kind::composite_type)
    refuse(quoted(alter.relation->relname) + " is a composite type");
  bool for_table = alter.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;
  bool fits =
      for_table || (alter.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW && kind == Kind::view) ||
      (alter.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW && kind == Kind::materialized_view) ||
      (alter.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE && kind == Kind::sequence) ||
      (alter.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX && kind == Kind::index) ||
      (alter.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE && kind == Kind::foreign_table);
  if (!fits)
    refuse(quoted(alter.relation->relname) + " is a " + std::string(kind_name(kind)),
           alter.relation->location);
  for (std::size_t i = 0; i < alter.n_cmds; ++i) {
    const PgQuery__AlterTableCmd& command = *alter.cmds[i]->alter_table_cmd;
    bool of_whole_index = command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions ||
                          command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions;
    if (of_whole_index && kind == Kind::index &&
        run.catalog.at(run.catalog.detail<IndexDetail>(table).table).kind ==
            Kind::partitioned_table)
      refuse("ALTER action SET cannot be performed on relation " + quoted(alter.relation->relname) +
             ": it is a partitioned index");
    if (!alters(command.subtype, kind))
      refuse("ALTER action cannot be performed on relation " + quoted(alter.relation->relname) +
             ": it is a " + std::string(kind_name(kind)));
  }
  TableAlteration(run, alter, table).apply();
}

}  // namespace schemaudit::replay
