#include "analyzer/sql/replay/alter_table.h"

#include <algorithm>
#include <map>

#include "analyzer/sql/replay/alter_actions.h"
#include "analyzer/sql/replay/alter_column.h"
#include "analyzer/sql/replay/alter_targets.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/grants.h"
#include "analyzer/sql/replay/indexes.h"
#include "analyzer/sql/replay/inheritance.h"
#include "analyzer/sql/replay/names.h"
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
      return kMisc;
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
    for (int pass = kDrop; pass <= kMisc; ++pass) {
      for (std::size_t i = 0; i < steps_.size(); ++i)
        if (steps_[i].pass == pass) take(Step(steps_[i]));
      if (pass == kAlterType) remake_on_new_types(run_, retyped_);
    }
  }

 private:
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
        alter_constraint(command);
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
        set_persistence(command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
        switch_triggers(name, true);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
        switch_triggers(name, false);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
        switch_triggers({}, true);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
        switch_triggers({}, false);
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
        if (command.def) make_typed(*command.def->type_name);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOf:
        run_.catalog.edit_relation(place_.table).of_type = kNoObject;
        std::erase_if(run_.catalog.edit(place_.table).needs, [&](const Need& need) {
          const Object* needed = run_.catalog.find(need.object);
          return need.own_column == 0 && needed && needed->kind == Kind::composite_type;
        });
        run_.changed(ChangeKind::property, place_.table);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
        if (run_.catalog.at(place_.table).kind == Kind::partitioned_table)
          refuse("cannot specify storage parameters for a partitioned table");
        if (command.def && command.def->node_case == PG_QUERY__NODE__NODE_LIST)
          require_parameters(run_.catalog.at(place_.table).kind, command.def->list->n_items,
                             command.def->list->items);
        run_.changed(ChangeKind::property, place_.table);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
        if (run_.catalog.at(place_.table).kind == Kind::partitioned_table)
          refuse("cannot mark index clustered in partitioned table");
        run_.changed(ChangeKind::property, place_.table);
        break;
      default: {
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

  /// ALTER TABLE ... OF: the columns have to be those of the type, in its order.
  void make_typed(const PgQuery__TypeName& name) {
    TypeRef type = resolve_type(run_, name);
    if (!type.type || run_.catalog.at(type.type).kind != Kind::composite_type)
      refuse("type " + type_text(run_.catalog, type) + " is not a composite type");
    const std::vector<Attribute>& own = run_.catalog.relation(place_.table).attributes;
    auto next = own.begin();
    auto skip_dropped = [&] {
      next = std::find_if(next, own.end(),
                          [](const Attribute& attribute) { return !attribute.dropped; });
    };
    for (const Attribute& wanted : run_.catalog.relation(type.type).attributes) {
      if (wanted.dropped) continue;
      skip_dropped();
      if (next == own.end()) refuse("table is missing column " + quoted(wanted.name));
      if (next->name != wanted.name)
        refuse("table has column " + quoted(next->name) + " where type requires " +
               quoted(wanted.name));
      if (next->type && wanted.type && *next->type != *wanted.type)
        refuse("table " + quoted(run_.catalog.at(place_.table).name) +
               " has different type for column " + quoted(wanted.name));
      ++next;
    }
    skip_dropped();
    if (next != own.end()) refuse("table has extra column " + quoted(next->name));
    if (!run_.catalog.relation(place_.table).parents.empty()) refuse("typed tables cannot inherit");
    run_.catalog.edit_relation(place_.table).of_type = type.type;
    run_.catalog.depend(place_.table, {type.type, 0, NeedKind::normal, 0});
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
          use_index(constraint);
          break;
        }
        make_keys(run_, place_.table, {{&constraint, column}}, place_.recurse);
        break;
      }
      default:
        break;
    }
  }

  /// ADD ... USING INDEX: the index takes the constraint's name, or gives it its own.
  void use_index(const PgQuery__Constraint& constraint) {
    ObjectId schema = run_.catalog.at(place_.table).schema;
    ObjectId index = run_.catalog.find_relation(schema, constraint.indexname);
    if (!index || run_.catalog.at(index).kind != Kind::index)
      refuse("index " + quoted(constraint.indexname) + " does not exist", constraint.location);
    const IndexDetail before = run_.catalog.detail<IndexDetail>(index);
    if (before.table != place_.table)
      refuse("index " + quoted(constraint.indexname) + " does not belong to table " +
                 quoted(run_.catalog.at(place_.table).name),
             constraint.location);
    if (before.constraint)
      refuse("index " + quoted(constraint.indexname) + " is already associated with a constraint",
             constraint.location);
    if (!before.unique) refuse(quoted(constraint.indexname) + " is not a unique index");
    if (before.predicate) refuse(quoted(constraint.indexname) + " is a partial index");
    for (const IndexKeyDetail& key : before.keys) {
      if (!key.column) refuse("index " + quoted(constraint.indexname) + " contains expressions");
      if (key.descending || key.nulls_first || !key.operator_class.empty() ||
          !key.collation.empty())
        refuse("index " + quoted(constraint.indexname) + " does not have default sorting behavior");
    }
    if (run_.catalog.at(place_.table).kind == Kind::partitioned_table)
      refuse("ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables");
    for (std::size_t i = 0; i < before.keys.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (before.keys[i].column == before.keys[j].column)
          refuse("a column appears twice in the key of index " + quoted(constraint.indexname));
    std::string name = constraint.conname && *constraint.conname ? constraint.conname
                                                                 : run_.catalog.at(index).name;
    require_free_constraint_name(run_, place_.table, name);
    if (name != run_.catalog.at(index).name) {
      require_free_relation_name(run_, schema, name, false);
      run_.catalog.rename(index, schema, name);
    }
    bool primary = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
    Object object;
    object.kind = Kind::constraint;
    object.schema = schema;
    object.name = name;
    object.origin = run_.origin_at(constraint.location);
    ConstraintDetail detail;
    detail.kind = primary ? ConstraintKind::primary_key : ConstraintKind::unique;
    detail.table = place_.table;
    detail.index = index;
    detail.deferrable = constraint.deferrable;
    detail.initially_deferred = constraint.initdeferred;
    detail.no_inherit = true;
    for (const IndexKeyDetail& key : before.keys) {
      detail.columns.push_back(key.column);
      object.needs.push_back({place_.table, key.column, NeedKind::automatic, 0});
      if (primary) set_not_null(run_, place_.table, key.column, true);
    }
    object.detail = std::move(detail);
    ObjectId id = run_.catalog.add(std::move(object));
    run_.catalog.edit_relation(place_.table).constraints.push_back(id);
    Object& edited = run_.catalog.edit(index);
    std::get<IndexDetail>(edited.detail).constraint = id;
    std::get<IndexDetail>(edited.detail).primary = primary;
    std::erase_if(edited.needs, [&](const Need& need) { return need.object == place_.table; });
    run_.catalog.depend(index, {id, 0, NeedKind::internal, 0});
    run_.changed(ChangeKind::add_constraint, id).uses_index = true;
  }

  void alter_constraint(const PgQuery__AlterTableCmd& command) {
    if (!command.def || command.def->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) return;
    const PgQuery__Constraint& wanted = *command.def->constraint;
    ObjectId id = find_constraint(run_.catalog, place_.table, wanted.conname);
    if (!id)
      refuse("constraint " + quoted(wanted.conname) + " of relation " +
             quoted(run_.catalog.at(place_.table).name) + " does not exist");
    ConstraintDetail detail = run_.catalog.detail<ConstraintDetail>(id);
    if (detail.kind != ConstraintKind::foreign_key)
      refuse("constraint " + quoted(wanted.conname) + " of relation " +
             quoted(run_.catalog.at(place_.table).name) + " is not a foreign key constraint");
    if (detail.parent)
      refuse("cannot alter constraint " + quoted(wanted.conname) + " on relation " +
             quoted(run_.catalog.at(place_.table).name) + ": it belongs to a partitioned table");
    std::vector<ObjectId> all = {id};
    for (std::size_t i = 0; i < all.size(); ++i) {
      ConstraintDetail& edited = run_.catalog.edit_detail<ConstraintDetail>(all[i]);
      edited.deferrable = wanted.deferrable;
      edited.initially_deferred = wanted.initdeferred;
      for (ObjectId user : run_.catalog.users(all[i]))
        if (const auto* part = std::get_if<ConstraintDetail>(&run_.catalog.at(user).detail))
          if (part->parent == all[i]) all.push_back(user);
    }
    run_.changed(ChangeKind::property, id);
  }

  void set_persistence(bool unlogged) {
    // Of a partitioned table it does nothing.
    if (run_.catalog.at(place_.table).kind != Kind::table) return;
    for (ObjectId id : run_.catalog.relation(place_.table).constraints) {
      const ConstraintDetail& key = run_.catalog.detail<ConstraintDetail>(id);
      if (key.kind == ConstraintKind::foreign_key && key.target != place_.table && !unlogged &&
          run_.catalog.relation(key.target).unlogged)
        refuse("could not change table " + quoted(run_.catalog.at(place_.table).name) +
               " to logged because it references unlogged table " +
               quoted(run_.catalog.at(key.target).name));
    }
    if (unlogged)
      for (ObjectId user : run_.catalog.users(place_.table))
        if (const auto* key = std::get_if<ConstraintDetail>(&run_.catalog.at(user).detail))
          if (key->kind == ConstraintKind::foreign_key && key->target == place_.table &&
              key->table != place_.table && !run_.catalog.relation(key->table).unlogged)
            refuse("could not change table " + quoted(run_.catalog.at(place_.table).name) +
                   " to unlogged because it is referenced by logged table " +
                   quoted(run_.catalog.at(key->table).name));
    run_.catalog.edit_relation(place_.table).unlogged = unlogged;
    run_.changed(ChangeKind::property, place_.table);
  }

  /// Of a partitioned table also what its partitions have of the trigger, and no other of theirs.
  void switch_triggers(const std::string& name, bool enabled) {
    std::vector<ObjectId> switched;
    for (ObjectId id : run_.catalog.relation(place_.table).triggers)
      if (name.empty() || run_.catalog.at(id).name == name) switched.push_back(id);
    if (switched.empty() && !name.empty())
      refuse("trigger " + quoted(name) + " for table " +
             quoted(run_.catalog.at(place_.table).name) + " does not exist");
    for (std::size_t i = 0; i < switched.size(); ++i) {
      run_.catalog.edit_detail<TriggerDetail>(switched[i]).enabled = enabled;
      if (!place_.recurse) continue;
      for (ObjectId user : run_.catalog.users(switched[i]))
        if (const auto* part = std::get_if<TriggerDetail>(&run_.catalog.at(user).detail))
          if (part->parent == switched[i]) switched.push_back(user);
    }
    run_.changed(ChangeKind::property, place_.table);
  }

  Run& run_;
  const PgQuery__AlterTableStmt& alter_;
  AlterPlace place_;
  std::vector<Step> steps_;
  std::map<std::string, std::optional<TypeRef>> types_before_;
  std::vector<ColumnPlace> retyped_;
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
