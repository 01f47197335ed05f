#include "analyzer/sql/replay/triggers.h"

#include <algorithm>

#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/inheritance.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/object_names.h"
#include "analyzer/sql/replay/queries.h"
#include "analyzer/sql/replay/routine_lookup.h"
#include "analyzer/sql/tree_walk.h"

namespace schemaudit::replay {

namespace {

// TRIGGER_TYPE_* of PostgreSQL's catalog/pg_trigger.h.
constexpr int kBefore = 1 << 1, kInsert = 1 << 2, kDelete = 1 << 3, kUpdate = 1 << 4,
              kTruncate = 1 << 5, kInstead = 1 << 6;

void require_fitting_relation(const PgQuery__CreateTrigStmt& create, const Object& relation) {
  const bool instead = (create.timing & kInstead) != 0;
  const std::string name = quoted(relation.name);
  if (is_table(relation.kind)) {
    if (instead) refuse(name + " is a table: tables cannot have INSTEAD OF triggers");
    if (create.isconstraint && relation.kind == Kind::foreign_table)
      refuse(name + " is a foreign table: foreign tables cannot have constraint triggers");
    const auto& detail = std::get<RelationDetail>(relation.detail);
    if (create.row && create.n_transition_rels > 0 &&
        (relation.kind == Kind::partitioned_table || detail.partition_of))
      refuse(
          "ROW triggers with transition tables are not supported on partitions or partitioned "
          "tables");
  } else if (relation.kind == Kind::view) {
    if (create.row && !instead)
      refuse(name + " is a view: views cannot have row-level BEFORE or AFTER triggers");
    if ((create.events & kTruncate) != 0)
      refuse(name + " is a view: views cannot have TRUNCATE triggers");
  } else {
    refuse("relation " + name + " cannot have triggers");
  }
  if ((create.events & kTruncate) != 0 && create.row)
    refuse("TRUNCATE FOR EACH ROW triggers are not supported");
  if (!instead) return;
  if (!create.row) refuse("INSTEAD OF triggers must be FOR EACH ROW");
  if (create.when_clause) refuse("INSTEAD OF triggers cannot have WHEN conditions");
  if (create.n_columns > 0) refuse("INSTEAD OF triggers cannot have column lists");
}

/// WHEN speaks of NEW and OLD where the event has them.
void require_fitting_rows(const PgQuery__CreateTrigStmt& create) {
  walk_tree(create.when_clause->base, [&](ProtobufCMessage& message) {
    auto* column = as<PgQuery__ColumnRef>(message);
    if (!column || column->n_fields == 0) return true;
    std::string_view row = string_of(column->fields[0]);
    if (row != "new" && row != "old") return false;
    if (!create.row)
      refuse("statement trigger's WHEN condition cannot reference column values", column->location);
    if (row == "old" && (create.events & kInsert) != 0)
      refuse("INSERT trigger's WHEN condition cannot reference OLD values", column->location);
    if (row == "new" && (create.events & kDelete) != 0)
      refuse("DELETE trigger's WHEN condition cannot reference NEW values", column->location);
    return false;
  });
}

std::vector<Need> needs_of(const TriggerDetail& detail) {
  std::vector<Need> needs = {{detail.table, 0, NeedKind::automatic, 0}};
  if (detail.routine) needs.push_back({detail.routine, 0, NeedKind::normal, 0});
  for (int column : detail.columns) needs.push_back({detail.table, column, NeedKind::normal, 0});
  return needs;
}

ObjectId add_trigger(Run& run, const std::string& name, TriggerDetail detail,
                     std::vector<Need> needs, const Origin& origin) {
  const ObjectId table = detail.table;
  Object object;
  object.kind = Kind::trigger;
  object.schema = run.catalog.at(table).schema;
  object.name = name;
  object.origin = origin;
  object.needs = std::move(needs);
  object.detail = std::move(detail);
  ObjectId trigger = run.catalog.add(std::move(object));
  run.catalog.edit_relation(table).triggers.push_back(trigger);
  return trigger;
}

/// A copy for a partition, of which UPDATE OF names the same columns by their own numbers.
void clone_trigger(Run& run, ObjectId trigger, ObjectId partition) {
  const Object original = run.catalog.at(trigger);
  TriggerDetail detail = std::get<TriggerDetail>(original.detail);
  if (detail.level != "FOR EACH ROW") return;
  const ObjectId parent = detail.table;
  ObjectId there = find_on_table(run.catalog, partition, Kind::trigger, original.name);
  if (there) {
    if (run.catalog.detail<TriggerDetail>(there).parent == trigger) return;
    refuse("trigger " + quoted(original.name) + " for relation " +
           quoted(run.catalog.at(partition).name) + " already exists");
  }
  detail.table = partition;
  detail.parent = trigger;
  for (int& column : detail.columns)
    column = column_in_child(run.catalog, parent, column, partition);
  std::vector<Need> needs = needs_of(detail);
  for (const Need& need : original.needs) {
    if (need.kind != NeedKind::normal || need.object == detail.routine) continue;
    Need own = need;
    if (need.object == parent) {
      own.object = partition;
      own.column = need.column ? column_in_child(run.catalog, parent, need.column, partition) : 0;
    }
    if (std::find(needs.begin(), needs.end(), own) == needs.end()) needs.push_back(own);
  }
  needs.push_back({trigger, 0, NeedKind::partition, 0});
  ObjectId clone =
      add_trigger(run, original.name, std::move(detail), std::move(needs), original.origin);
  if (run.catalog.at(partition).kind != Kind::partitioned_table) return;
  for (ObjectId child : run.catalog.children(partition)) clone_trigger(run, clone, child);
}

TriggerDetail detail_from(Run& run, const PgQuery__CreateTrigStmt& create, ObjectId table,
                          std::vector<Need>& needs) {
  TriggerDetail detail;
  detail.table = table;
  detail.timing = (create.timing & kInstead) != 0  ? "INSTEAD OF"
                  : (create.timing & kBefore) != 0 ? "BEFORE"
                                                   : "AFTER";
  detail.level = create.row ? "FOR EACH ROW" : "FOR EACH STATEMENT";
  if ((create.events & kInsert) != 0) detail.events.emplace_back("INSERT");
  if ((create.events & kDelete) != 0) detail.events.emplace_back("DELETE");
  if ((create.events & kUpdate) != 0) detail.events.emplace_back("UPDATE");
  if ((create.events & kTruncate) != 0) detail.events.emplace_back("TRUNCATE");
  for (const std::string& column : strings_of(create.n_columns, create.columns)) {
    int number = column_named(run, table, column);
    if (std::find(detail.columns.begin(), detail.columns.end(), number) != detail.columns.end())
      refuse("column " + quoted(column) + " specified more than once");
    detail.columns.push_back(number);
  }
  detail.is_constraint = create.isconstraint != 0;
  detail.routine_name = name_of(create.n_funcname, create.funcname);
  detail.routine = routine_by_name(run, detail.routine_name, 0);
  if (detail.routine) {
    const auto& routine = run.catalog.detail<RoutineDetail>(detail.routine);
    if (routine.language != "extension" &&
        (!routine.returns || routine.returns->spelling != "trigger"))
      refuse("function " + run.catalog.at(detail.routine).name + " must return type trigger");
  } else if (detail.routine_name.schema.empty()) {
    detail.routine_name.schema = "pg_catalog";
  }
  needs = needs_of(detail);
  if (!create.when_clause) return detail;
  require_fitting_rows(create);
  ExpressionScope scope;
  scope.table = table;
  scope.trigger_rows = true;
  std::vector<Need> when_needs;
  detail.when = store_expression(run, *create.when_clause, shown_text(*create.when_clause), scope,
                                 when_needs);
  for (const Need& need : when_needs)
    if (std::find(needs.begin(), needs.end(), need) == needs.end()) needs.push_back(need);
  return detail;
}

const char* event_name(PgQuery__CmdType event) {
  switch (event) {
    case PG_QUERY__CMD_TYPE__CMD_SELECT:
      return "SELECT";
    case PG_QUERY__CMD_TYPE__CMD_UPDATE:
      return "UPDATE";
    case PG_QUERY__CMD_TYPE__CMD_DELETE:
      return "DELETE";
    default:
      return "INSERT";
  }
}

}  // namespace

void create_trigger(Run& run, const PgQuery__CreateTrigStmt& create) {
  ObjectId table = relation_named(run, *create.relation);
  if (!table)
    refuse("permission denied: " + quoted(create.relation->relname) + " is a system catalog");
  require_fitting_relation(create, run.catalog.at(table));
  if (create.constrrel) relation_named(run, *create.constrrel);
  const std::string name = create.trigname;
  ObjectId old = find_on_table(run.catalog, table, Kind::trigger, name);
  if (old) {
    const TriggerDetail& before = run.catalog.detail<TriggerDetail>(old);
    if (!create.replace)
      refuse("trigger " + quoted(name) + " for relation " + quoted(run.catalog.at(table).name) +
             " already exists");
    if (before.parent)
      refuse("trigger " + quoted(name) + " for relation " + quoted(run.catalog.at(table).name) +
             " is an internal or a child trigger");
    if (before.is_constraint || create.isconstraint)
      refuse("trigger " + quoted(name) + " for relation " + quoted(run.catalog.at(table).name) +
             " is a constraint trigger");
  }
  std::vector<Need> needs;
  TriggerDetail detail = detail_from(run, create, table, needs);
  std::vector<ObjectId> replaced = {old};
  for (std::size_t i = 0; old && i < replaced.size(); ++i) {
    // Its copies on partitions are made anew.
    for (ObjectId user : run.catalog.users(replaced[i]))
      if (const auto* copy = std::get_if<TriggerDetail>(&run.catalog.at(user).detail))
        if (copy->parent == replaced[i]) replaced.push_back(user);
    const ObjectId of = run.catalog.detail<TriggerDetail>(replaced[i]).table;
    std::erase(run.catalog.edit_relation(of).triggers, replaced[i]);
    run.catalog.erase(replaced[i]);
  }
  ObjectId trigger = add_trigger(run, name, std::move(detail), std::move(needs), run.origin);
  run.changed(old ? ChangeKind::replace : ChangeKind::create, trigger);
  if (run.catalog.at(table).kind != Kind::partitioned_table || !create.row) return;
  for (ObjectId partition : run.catalog.children(table)) clone_trigger(run, trigger, partition);
}

void clone_triggers(Run& run, ObjectId parent, ObjectId partition) {
  for (ObjectId trigger : std::vector<ObjectId>(run.catalog.relation(parent).triggers))
    clone_trigger(run, trigger, partition);
}

void create_rule(Run& run, const PgQuery__RuleStmt& create) {
  ObjectId table = relation_named(run, *create.relation);
  if (!table)
    refuse("permission denied: " + quoted(create.relation->relname) + " is a system catalog");
  const Kind kind = run.catalog.at(table).kind;
  if (!is_table(kind) && kind != Kind::view)
    refuse("relation " + quoted(create.relation->relname) + " cannot have rules");
  if (create.event == PG_QUERY__CMD_TYPE__CMD_SELECT)
    give_up("a rule ON SELECT may turn table " + quoted(create.relation->relname) + " into a view");
  ObjectId old = find_on_table(run.catalog, table, Kind::rule, create.rulename);
  if (old && !create.replace)
    refuse("rule " + quoted(create.rulename) + " for relation " + quoted(create.relation->relname) +
           " already exists");
  std::vector<OuterRow> rows;
  if (create.event != PG_QUERY__CMD_TYPE__CMD_INSERT) rows.push_back({"old", table, {}});
  if (create.event != PG_QUERY__CMD_TYPE__CMD_DELETE) rows.push_back({"new", table, {}});
  Object object;
  object.kind = Kind::rule;
  object.schema = run.catalog.at(table).schema;
  object.name = create.rulename;
  object.origin = run.origin;
  object.detail = OtherDetail{std::string("rule on ") + event_name(create.event)};
  if (create.where_clause) {
    std::vector<Need> needs;
    ExpressionScope scope;
    scope.table = table;
    scope.trigger_rows = true;
    store_expression(run, *create.where_clause, {}, scope, needs);
    object.needs = std::move(needs);
  }
  for (std::size_t i = 0; i < create.n_actions; ++i)
    analyse_statement(run, *create.actions[i], rows, object.needs);
  object.needs.push_back({table, 0, NeedKind::automatic, 0});
  if (old) run.catalog.erase(old);
  ObjectId rule = run.catalog.add(std::move(object));
  run.changed(old ? ChangeKind::replace : ChangeKind::create, rule);
}

}  // namespace schemaudit::replay
