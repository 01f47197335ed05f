#include "analyzer/sql/replay/alter_column.h"

#include <algorithm>

#include "analyzer/sql/replay/coercion.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/drop.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/immutability.h"
#include "analyzer/sql/replay/indexes.h"
#include "analyzer/sql/replay/inheritance.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/partitions.h"
#include "analyzer/sql/replay/retyped_column.h"
#include "analyzer/sql/replay/sequences.h"
#include "analyzer/sql/replay/types.h"
#include "analyzer/sql/source_slices.h"

namespace schemaudit::replay {

namespace {

const PgQuery__Constraint* constraint_of(const PgQuery__ColumnDef& definition,
                                         PgQuery__ConstrType type) {
  for (std::size_t i = 0; i < definition.n_constraints; ++i)
    if (definition.constraints[i]->node_case == PG_QUERY__NODE__NODE_CONSTRAINT &&
        definition.constraints[i]->constraint->contype == type)
      return definition.constraints[i]->constraint;
  return nullptr;
}

/// The new column in the children of a table.
void add_to_children(Run& run, ObjectId table, int column) {
  const Attribute added = attribute_at(run, table, column);
  for (ObjectId child : run.catalog.children(table)) {
    if (int known = find_attribute(run.catalog.relation(child), added.name)) {
      Attribute& own = run.catalog.edit_relation(child).attributes[known - 1];
      if (own.type != added.type)
        refuse("child table " + quoted(run.catalog.at(child).name) +
               " has different type for column " + quoted(added.name));
      ++own.inherited;
      continue;
    }
    Attribute copy = added;
    copy.local = false;
    copy.inherited = 1;
    copy.default_value = kNoObject;
    if (!partitions_share_identity() || run.catalog.at(table).kind != Kind::partitioned_table)
      copy.identity.reset();
    copy.comment.reset();
    int number = add_attribute(run, child, std::move(copy));
    copy_default(run, table, column, child, number);
    add_to_children(run, child, number);
  }
}

}  // namespace

int add_column(Run& run, const AlterPlace& place, const PgQuery__ColumnDef& definition,
               bool if_not_exists) {
  const RelationDetail& relation = run.catalog.relation(place.table);
  if (relation.partition_of) refuse("cannot add column to a partition");
  if (relation.of_type) refuse("cannot add column to typed table");
  if (find_attribute(relation, definition.colname)) {
    if (if_not_exists) return 0;
    refuse("column " + quoted(definition.colname) + " of relation " +
               quoted(run.catalog.at(place.table).name) + " already exists",
           definition.location);
  }
  bool has_children = !run.catalog.children(place.table).empty();
  if (has_children && !place.recurse) refuse("column must be added to child tables too");
  std::string serial = serial_base(definition);
  const PgQuery__Constraint* identity =
      constraint_of(definition, PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY);
  if (identity && has_children &&
      (run.catalog.at(place.table).kind != Kind::partitioned_table || !partitions_share_identity()))
    refuse("cannot recursively add identity column to table that has child tables");
  std::string sequence;
  if (!serial.empty() || identity)
    sequence = serial_name(run, run.catalog.at(place.table).schema,
                           run.catalog.at(place.table).name, definition.colname);
  Attribute added = attribute_from(run, definition);
  const PgQuery__Constraint* not_null =
      constraint_of(definition, PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL);
  if (not_null || constraint_of(definition, PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY))
    added.not_null = true;
  if (not_null && not_null->conname) added.not_null_name = not_null->conname;
  int column = add_attribute(run, place.table, std::move(added));
  if (!serial.empty()) make_serial(run, place.table, column, sequence, serial);
  if (identity) make_identity(run, place.table, column, sequence, *identity);
  const PgQuery__Constraint* value =
      constraint_of(definition, PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED);
  if (!value) value = constraint_of(definition, PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT);
  if (value && value->raw_expr)
    state_default(run, place.table, column, *value,
                  value->contype == PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED);
  add_to_children(run, place.table, column);

  Change& change = run.column_changed(ChangeKind::add_column, place.table, definition.colname);
  const Attribute& made = attribute_at(run, place.table, column);
  change.conditional = if_not_exists;
  change.not_null = made.not_null;
  const bool is_null = value && value->raw_expr &&
                       value->raw_expr->node_case == PG_QUERY__NODE__NODE_A_CONST &&
                       value->raw_expr->a_const->isnull;
  change.has_default = (made.default_value != kNoObject && !is_null) || made.identity.has_value();
  if (made.type) {
    std::string type = type_text(run.catalog, *made.type);
    change.type_after = Type{type, type, false};
  }
  change.computed_per_row = !serial.empty() || identity ||
                            made.generated == GeneratedKind::stored ||
                            (value && value->raw_expr && calls_volatile(*value->raw_expr));
  change.default_is_constant =
      value && value->raw_expr && columns_of(*value->raw_expr).empty() &&
      (value->raw_expr->node_case == PG_QUERY__NODE__NODE_A_CONST ||
       (value->raw_expr->node_case == PG_QUERY__NODE__NODE_TYPE_CAST &&
        value->raw_expr->type_cast->arg->node_case == PG_QUERY__NODE__NODE_A_CONST));
  return column;
}

void drop_column(Run& run, const AlterPlace& place, const std::string& column, bool cascade,
                 bool missing_ok) {
  int number = find_attribute(run.catalog.relation(place.table), column);
  if (!number) {
    if (missing_ok) return;
    refuse(column_in_message(run, place.table, column) + " does not exist");
  }
  const RelationDetail& relation = run.catalog.relation(place.table);
  if (relation.of_type) refuse("cannot drop column from typed table");
  if (attribute_at(run, place.table, number).inherited > 0)
    refuse("cannot drop inherited column " + quoted(column));
  if (in_partition_key(relation, number))
    refuse("cannot drop column " + quoted(column) +
           " because it is part of the partition key of relation " +
           quoted(run.catalog.at(place.table).name));
  std::vector<ObjectId> children = run.catalog.children(place.table);
  if (!children.empty() && !place.recurse &&
      run.catalog.at(place.table).kind == Kind::partitioned_table)
    refuse("cannot drop column from only the partitioned table when partitions exist");
  Change& change = run.column_changed(ChangeKind::drop_column, place.table, column);
  change.cascade = cascade;
  change.conditional = missing_ok;
  for (ObjectId child : children) {
    int own = find_attribute(run.catalog.relation(child), column);
    if (!own) continue;
    Attribute& copy = run.catalog.edit_relation(child).attributes[own - 1];
    if (copy.inherited > 0) --copy.inherited;
    if (!place.recurse) {
      copy.local = true;
    } else if (copy.inherited == 0 && !copy.local) {
      drop_column(run, {child, true}, column, cascade, true);
    }
  }
  drop_objects(run, {{place.table, number}}, cascade);
}

namespace {

/// Whatever reads the column in a way that fixes its type.
void require_no_readers(const Run& run, ObjectId table, int column, const std::string& name) {
  for (ObjectId user : run.catalog.users(table)) {
    const Object& object = run.catalog.at(user);
    bool reads = std::any_of(object.needs.begin(), object.needs.end(), [&](const Need& need) {
      return need.object == table && need.column == column && need.kind != NeedKind::automatic;
    });
    if (!reads) continue;
    const char* what = nullptr;
    if (is_view(object.kind) || object.kind == Kind::rule) what = "used by a view or rule";
    if (object.kind == Kind::policy) what = "used in a policy definition";
    if (object.kind == Kind::trigger) what = "used in a trigger definition";
    if (object.kind == Kind::routine) what = "used by a function or procedure";
    if (const auto* value = std::get_if<DefaultDetail>(&object.detail))
      if (value->table == table && value->column != column) what = "used by a generated column";
    if (what)
      refuse("cannot alter type of a column " + std::string(what) + ": " + object.name +
             (object.name.empty() ? "it" : "") + " depends on column " + quoted(name));
  }
}

void recheck_foreign_keys(const Run& run, ObjectId table, int column) {
  auto check = [&](const ConstraintDetail& key) {
    for (std::size_t i = 0; i < key.columns.size() && i < key.target_columns.size(); ++i) {
      const Attribute& a = attribute_at(run, key.table, key.columns[i]);
      const Attribute& b = attribute_at(run, key.target, key.target_columns[i]);
      if (a.type && b.type && !comparable_as_key(run.catalog, *a.type, *b.type))
        refuse("foreign key constraint cannot be implemented: key columns " + quoted(a.name) +
               " and " + quoted(b.name) + " are of incompatible types: " +
               type_text(run.catalog, *a.type) + " and " + type_text(run.catalog, *b.type));
    }
  };
  auto concerns = [&](const ConstraintDetail& key) {
    return key.kind == ConstraintKind::foreign_key &&
           ((key.table == table &&
             std::find(key.columns.begin(), key.columns.end(), column) != key.columns.end()) ||
            (key.target == table && std::find(key.target_columns.begin(), key.target_columns.end(),
                                              column) != key.target_columns.end()));
  };
  for (ObjectId id : run.catalog.relation(table).constraints)
    if (concerns(run.catalog.detail<ConstraintDetail>(id)))
      check(run.catalog.detail<ConstraintDetail>(id));
  for (ObjectId user : run.catalog.users(table))
    if (const auto* key = std::get_if<ConstraintDetail>(&run.catalog.at(user).detail))
      if (concerns(*key)) check(*key);
}

/// The values and the default of a column take the new type as an assignment does, or not at all.
void require_castable(Run& run, ObjectId table, int column, const TypeRef& type,
                      const PgQuery__Node* with) {
  const Attribute& changed = attribute_at(run, table, column);
  if (!changed.type) return;
  const std::string before = type_text(run.catalog, *changed.type);
  const std::string after = type_text(run.catalog, type);
  const std::string from = with ? settled_type(*with, column_types(run.catalog, table)) : before;
  if (!may_be_assigned(run, from, type))
    refuse((with ? "result of USING clause for column " : "column ") + quoted(changed.name) +
           " cannot be cast automatically to type " + after);
  if (!run.catalog.find(changed.default_value)) return;
  TreeArena arena;
  const PgQuery__Node* value =
      unpack_tree(*run.catalog.detail<DefaultDetail>(changed.default_value).expression.tree, arena);
  if (!value) return;
  std::string of_value =
      settled_type(*value, changed.generated ? column_types(run.catalog, table) : ColumnTypes());
  const bool literal = value->node_case == PG_QUERY__NODE__NODE_A_CONST && of_value.empty();
  if (!may_be_assigned(run, literal ? before : of_value, type))
    refuse(std::string(changed.generated ? "generation expression" : "default") + " for column " +
           quoted(changed.name) + " cannot be cast automatically to type " + after);
}

void change_type(Run& run, ObjectId table, int column, const TypeRef& type,
                 const std::optional<QualifiedName>& collation) {
  const std::string before = column_type(run.catalog, table, column);
  Object& object = run.catalog.edit(table);
  Attribute& changed = std::get<RelationDetail>(object.detail).attributes[column - 1];
  changed.type = type;
  changed.collation = collation;
  std::erase_if(object.needs, [&](const Need& need) { return need.own_column == column; });
  if (type.type) run.catalog.depend(table, {type.type, 0, NeedKind::normal, column});
  if (!before.empty()) keep_literal_types(run, table, column, before, type_text(run.catalog, type));
  if (attribute_at(run, table, column).identity)
    if (ObjectId sequence = identity_sequence(run.catalog, table, column)) {
      std::string spelling = type.spelling;
      if (spelling != "integer" && spelling != "bigint" && spelling != "smallint")
        refuse("identity column type must be smallint, integer, or bigint");
      Tree tree = parse_sql("ALTER SEQUENCE s AS " + spelling);
      const PgQuery__AlterSeqStmt& as_type = *tree.statements().front()->alter_seq_stmt;
      change_sequence(run, sequence, as_type.n_options, as_type.options);
    }
}

}  // namespace

std::vector<ColumnPlace> alter_column_type(Run& run, const AlterPlace& place,
                                           const PgQuery__AlterTableCmd& command) {
  if (!command.def || command.def->node_case != PG_QUERY__NODE__NODE_COLUMN_DEF) return {};
  const PgQuery__ColumnDef& definition = *command.def->column_def;
  const std::string name = command.name;
  int column = column_named(run, place.table, name, definition.location);
  const RelationDetail& relation = run.catalog.relation(place.table);
  if (relation.of_type) refuse("cannot alter column type of typed table");
  if (attribute_at(run, place.table, column).inherited > 0)
    refuse("cannot alter inherited column " + quoted(name));
  TypeRef type = resolve_type(run, *definition.type_name);
  std::optional<QualifiedName> collation = collation_of(definition);
  std::vector<Need> ignored;
  if (definition.raw_default)
    store_expression(run, *definition.raw_default, {}, {.table = place.table}, ignored);
  std::vector<ObjectId> children = run.catalog.children(place.table);
  if (!children.empty() && !place.recurse)
    refuse("type of inherited column " + quoted(name) + " must be changed in child tables too");
  require_no_readers(run, place.table, column, name);
  Change& change = run.column_changed(ChangeKind::column_type, place.table, name);
  std::string before = column_type(run.catalog, place.table, column);
  std::string after = type_text(run.catalog, type);
  change.type_before = Type{before, before, false};
  change.type_after = Type{after, after, false};
  change.has_using = definition.raw_default != nullptr;

  std::vector<ColumnPlace> places = {{place.table, column, {}}};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const ColumnPlace parent = places[i];
    for (ObjectId child : run.catalog.children(parent.table)) {
      int own = column_in_child(run.catalog, parent.table, parent.column, child);
      if (!own) continue;
      if (attribute_at(run, child, own).inherited > 1)
        refuse("cannot alter inherited column " + quoted(name) + " of relation " +
               quoted(run.catalog.at(child).name) + ": another parent has it, too");
      require_no_readers(run, child, own, name);
      places.push_back({child, own, {}});
    }
  }
  for (const ColumnPlace& at : places)
    if (in_partition_key(run.catalog.relation(at.table), at.column))
      refuse("cannot alter column " + quoted(name) +
             " because it is part of the partition key of relation " +
             quoted(run.catalog.at(at.table).name));
  for (const ColumnPlace& at : places)
    require_castable(run, at.table, at.column, type, definition.raw_default);
  for (ColumnPlace& at : places) at.type_before = column_type(run.catalog, at.table, at.column);
  for (const ColumnPlace& at : places) change_type(run, at.table, at.column, type, collation);
  return places;
}

namespace {

ColumnTypes types_before(const Catalog& catalog, ObjectId table,
                         const std::vector<ColumnPlace>& places) {
  ColumnTypes now = column_types(catalog, table);
  return [&catalog, table, &places, now](std::string_view name) -> std::string_view {
    for (const ColumnPlace& at : places)
      if (at.table == table && catalog.relation(table).attributes[at.column - 1].name == name)
        return at.type_before;
    return now(name);
  };
}

}  // namespace

void remake_on_new_types(Run& run, const std::vector<ColumnPlace>& places) {
  std::vector<std::pair<ObjectId, int>> columns;
  for (const ColumnPlace& at : places) columns.emplace_back(at.table, at.column);
  renew_index_names(run, columns);
  for (const ColumnPlace& at : places) {
    recheck_foreign_keys(run, at.table, at.column);
    remake_indexes(run, at.table, at.column);
    reread_expressions(run, at.table, at.column, types_before(run.catalog, at.table, places));
  }
}

namespace {

/// The column, and with `recurse` the one of each child, down to the last.
std::vector<std::pair<ObjectId, int>> places_of_column(const Catalog& catalog,
                                                       const AlterPlace& place, int column) {
  std::vector<std::pair<ObjectId, int>> places = {{place.table, column}};
  for (std::size_t i = 0; place.recurse && i < places.size(); ++i)
    for (ObjectId child : catalog.children(places[i].first))
      if (int own = column_in_child(catalog, places[i].first, places[i].second, child))
        places.emplace_back(child, own);
  return places;
}

}  // namespace

void set_column_default(Run& run, const AlterPlace& place, const PgQuery__AlterTableCmd& command) {
  const std::string name = command.name;
  int column = column_named(run, place.table, name);
  const Attribute& before = attribute_at(run, place.table, column);
  if (before.identity) refuse(column_in_message(run, place.table, name) + " is an identity column");
  if (before.generated)
    refuse(column_in_message(run, place.table, name) + " is a generated column");
  const auto places = places_of_column(run.catalog, place, column);
  for (const auto& [table, number] : places)
    if (attribute_at(run, table, number).default_value) remove_default(run, table, number);
  run.column_changed(command.def ? ChangeKind::set_default : ChangeKind::drop_default, place.table,
                     name);
  if (!command.def) return;
  if (is_no_default(run, place.table, column, *command.def)) return;
  std::vector<Need> needs;
  StoredExpression expression =
      store_expression(run, *command.def, shown_text(*command.def), {}, needs);
  require_assignable(run, place.table, column, *command.def, false);
  for (const auto& [table, number] : places)
    put_default(run, table, number, expression, needs, false);
}

void set_column_expression(Run& run, const AlterPlace& place,
                           const PgQuery__AlterTableCmd& command) {
  const std::string name = command.name;
  const int column = column_named(run, place.table, name);
  if (!command.def) return;
  const auto places = places_of_column(run.catalog, place, column);
  for (const auto& [table, number] : places) {
    if (!attribute_at(run, table, number).generated)
      refuse(column_in_message(run, table, name) + " is not a generated column");
    require_immutable(run, table, *command.def, "generation expression is not immutable");
    std::vector<Need> needs;
    StoredExpression expression =
        store_expression(run, *command.def, shown_text(*command.def), {.table = table}, needs);
    require_assignable(run, table, number, *command.def, true);
    for (const Need& need : needs)
      if (need.object == table && need.column && attribute_at(run, table, need.column).generated)
        refuse("cannot use generated column in column generation expression");
    remove_default(run, table, number);
    put_default(run, table, number, std::move(expression), std::move(needs), true);
  }
  run.column_changed(ChangeKind::column_property, place.table, name);
}

void drop_column_expression(Run& run, const AlterPlace& place,
                            const PgQuery__AlterTableCmd& command) {
  const std::string name = command.name;
  int column = column_named(run, place.table, name);
  // The server takes its own way down to the children for ONLY: below them nothing may be.
  for (ObjectId child : run.catalog.children(place.table))
    if (!place.recurse || !run.catalog.children(child).empty())
      refuse("ALTER TABLE / DROP EXPRESSION must be applied to child tables too");
  if (attribute_at(run, place.table, column).inherited > 0)
    refuse("cannot drop generation expression from inherited column");
  if (!attribute_at(run, place.table, column).generated) {
    if (command.missing_ok) return;
    refuse(column_in_message(run, place.table, name) + " is not a stored generated column");
  }
  const auto places = places_of_column(run.catalog, {place.table, true}, column);
  for (const auto& [table, number] : places) {
    remove_default(run, table, number);
    run.catalog.edit_relation(table).attributes[number - 1].generated.reset();
  }
  run.column_changed(ChangeKind::column_property, place.table, name);
}

}  // namespace schemaudit::replay
