#include "analyzer/sql/replay/type_statements.h"

#include <algorithm>

#include "analyzer/model/utf8.h"
#include "analyzer/sql/replay/chosen_names.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/drop.h"
#include "analyzer/sql/replay/enum_labels.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/routine_lookup.h"
#include "analyzer/sql/replay/type_objects.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

bool is_shell(const Object& object) {
  const auto* other = std::get_if<OtherDetail>(&object.detail);
  return object.kind == Kind::base_type && other && other->what == "shell";
}

void require_label(const std::string& label) {
  if (label.size() > kNameLength) refuse("invalid enum label " + quoted(label));
}

/// makeMultirangeTypeName() of src/backend/catalog/pg_type.c.
std::string multirange_name(const std::string& range) {
  std::size_t at = range.find("range");
  if (at == std::string::npos)
    return std::string(cut_at_character(range, kNameLength - 11)) + "_multirange";
  std::string name = range;
  name.insert(at, "multi");
  return std::string(cut_at_character(name, kNameLength));
}

/// The functions that make values of a range or multirange type stand in pg_proc like any other.
void add_constructor(Run& run, ObjectId type, std::vector<TypeRef> arguments, std::string source,
                     bool variadic = false) {
  const Object& made = run.catalog.at(type);
  Object routine = new_object(run, Kind::routine, made.schema, made.name);
  RoutineDetail detail;
  detail.argument_names.resize(arguments.size());
  detail.arguments = std::move(arguments);
  detail.variadic = variadic;
  TypeRef returns;
  returns.type = type;
  detail.returns = returns;
  detail.language = "internal";
  detail.body = std::move(source);
  routine.detail = std::move(detail);
  routine.needs.push_back({type, 0, NeedKind::internal, 0});
  run.catalog.add(std::move(routine));
}

/// The type itself and, with CASCADE, the tables made OF it.
std::vector<ObjectId> with_typed_tables(const Run& run, ObjectId type, bool cascade) {
  std::vector<ObjectId> relations = {type};
  for (ObjectId user : run.catalog.users(type)) {
    const auto* relation = std::get_if<RelationDetail>(&run.catalog.at(user).detail);
    if (!relation || relation->of_type != type) continue;
    if (!cascade)
      refuse("cannot alter type " + quoted(run.catalog.at(type).name) +
             " because it is the type of a typed table");
    relations.push_back(user);
  }
  return relations;
}

void add_type_attribute(Run& run, ObjectId type, const PgQuery__AlterTableCmd& command) {
  const PgQuery__ColumnDef& definition = *command.def->column_def;
  if (find_attribute(run.catalog.relation(type), definition.colname))
    refuse("column " + quoted(definition.colname) + " of relation " +
           quoted(run.catalog.at(type).name) + " already exists");
  bool cascade = command.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  for (ObjectId relation : with_typed_tables(run, type, cascade)) {
    add_attribute(run, relation, attribute_from(run, definition));
    run.column_changed(ChangeKind::add_column, relation, definition.colname);
  }
}

void drop_type_attribute(Run& run, ObjectId type, const PgQuery__AlterTableCmd& command) {
  if (command.missing_ok && !find_attribute(run.catalog.relation(type), command.name)) return;
  bool cascade = command.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  for (ObjectId relation : with_typed_tables(run, type, cascade)) {
    int column = column_named(run, relation, command.name);
    drop_objects(run, {{relation, column}}, cascade);
  }
}

void change_type_attribute(Run& run, ObjectId type, const PgQuery__AlterTableCmd& command) {
  int column = column_named(run, type, command.name);
  require_unused(run, type);
  TypeRef to = resolve_type(run, *command.def->column_def->type_name);
  bool cascade = command.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  for (ObjectId relation : with_typed_tables(run, type, cascade)) {
    std::optional<TypeRef>& held =
        run.catalog.edit_relation(relation).attributes[static_cast<std::size_t>(column - 1)].type;
    std::string before = held ? type_text(run.catalog, *held) : std::string();
    const ObjectId old = held ? held->type : kNoObject;
    held = to;
    std::erase_if(run.catalog.edit(relation).needs, [&](const Need& need) {
      return need.object == old && need.own_column == column;
    });
    if (to.type) run.catalog.depend(relation, {to.type, 0, NeedKind::normal, column});
    Change& change = run.column_changed(ChangeKind::column_type, relation, command.name);
    change.type_before = Type{before, before, false};
    std::string after = type_text(run.catalog, to);
    change.type_after = Type{after, after, false};
  }
}

}  // namespace

void create_enum(Run& run, const PgQuery__CreateEnumStmt& create) {
  QualifiedName name = name_of(create.n_type_name, create.type_name);
  ObjectId schema = creation_schema(run, name.schema);
  require_free_type_name(run, schema, name.name);
  EnumDetail detail;
  for (std::string& label : strings_of(create.n_vals, create.vals)) {
    require_label(label);
    if (std::find(detail.labels.begin(), detail.labels.end(), label) != detail.labels.end())
      refuse("enum label " + quoted(label) + " used more than once");
    detail.labels.push_back(std::move(label));
  }
  Object object = new_object(run, Kind::enum_type, schema, name.name);
  object.detail = std::move(detail);
  run.changed(ChangeKind::create, run.catalog.add(std::move(object)));
}

void alter_enum(Run& run, const PgQuery__AlterEnumStmt& alter) {
  QualifiedName name = name_of(alter.n_type_name, alter.type_name);
  ObjectId type = type_of_kind(run, name, Kind::enum_type, "an enum");
  auto& labels = run.catalog.edit_detail<EnumDetail>(type).labels;
  auto place = [&](std::string_view label) {
    return std::find(labels.begin(), labels.end(), label);
  };
  const std::string made = alter.new_val;
  if (alter.old_val && *alter.old_val) {
    const std::string old = alter.old_val;
    auto at = place(old);
    if (at == labels.end()) refuse(quoted(old) + " is not an existing enum label");
    require_label(made);
    if (place(made) != labels.end()) refuse("enum label " + quoted(made) + " already exists");
    *at = made;
    rename_enum_label_everywhere(run, type, old, made);
    run.changed(ChangeKind::rename_enum_value, type).new_name = made;
    return;
  }
  require_label(made);
  if (place(made) != labels.end()) {
    if (alter.skip_if_new_val_exists) return;
    refuse("enum label " + quoted(made) + " already exists");
  }
  auto at = labels.end();
  if (alter.new_val_neighbor && *alter.new_val_neighbor) {
    at = place(alter.new_val_neighbor);
    if (at == labels.end())
      refuse(quoted(alter.new_val_neighbor) + " is not an existing enum label");
    if (alter.new_val_is_after) ++at;
  }
  labels.insert(at, made);
  Change& change = run.changed(ChangeKind::add_enum_value, type);
  change.new_name = made;
  change.conditional = alter.skip_if_new_val_exists != 0;
}

void create_composite(Run& run, const PgQuery__CompositeTypeStmt& create) {
  QualifiedName name = name_of(*create.typevar);
  ObjectId schema = creation_schema(run, name.schema);
  require_free_type_name(run, schema, name.name);
  require_free_relation_name(run, schema, name.name, false);
  Object object = new_object(run, Kind::composite_type, schema, name.name);
  object.detail = RelationDetail{};
  ObjectId type = run.catalog.add(std::move(object));
  for (std::size_t i = 0; i < create.n_coldeflist; ++i) {
    const PgQuery__ColumnDef& definition = *create.coldeflist[i]->column_def;
    if (!serial_base(definition).empty())
      refuse("type " + quoted(type_normal(*definition.type_name)) + " does not exist",
             definition.location);
    if (find_attribute(run.catalog.relation(type), definition.colname))
      refuse("column " + quoted(definition.colname) + " specified more than once",
             definition.location);
    add_attribute(run, type, attribute_from(run, definition));
  }
  run.changed(ChangeKind::create, type);
}

void alter_composite(Run& run, const PgQuery__AlterTableStmt& alter) {
  if (alter.missing_ok && !find_relation(run, name_of(*alter.relation))) return;
  ObjectId type = relation_named(run, *alter.relation);
  if (!type || run.catalog.at(type).kind != Kind::composite_type)
    refuse(quoted(alter.relation->relname) + " is not a composite type");
  for (std::size_t i = 0; i < alter.n_cmds; ++i) {
    const PgQuery__AlterTableCmd& command = *alter.cmds[i]->alter_table_cmd;
    switch (command.subtype) {
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        add_type_attribute(run, type, command);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
        drop_type_attribute(run, type, command);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        change_type_attribute(run, type, command);
        break;
      default:
        break;
    }
  }
}

void create_range(Run& run, const PgQuery__CreateRangeStmt& create) {
  QualifiedName name = name_of(create.n_type_name, create.type_name);
  ObjectId schema = creation_schema(run, name.schema);
  ObjectId shell = run.catalog.find_type(schema, name.name);
  if (shell && !is_shell(run.catalog.at(shell)))
    refuse("type " + quoted(name.name) + " already exists");
  if (shell) run.catalog.erase(shell);

  Object object = new_object(run, Kind::range_type, schema, name.name);
  RangeDetail detail;
  QualifiedName multirange{"", multirange_name(name.name)};
  bool has_subtype = false;
  for (std::size_t i = 0; i < create.n_params; ++i) {
    const PgQuery__DefElem& parameter = *create.params[i]->def_elem;
    if (!parameter.arg || parameter.arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) continue;
    const PgQuery__TypeName& value = *parameter.arg->type_name;
    std::string_view option = parameter.defname;
    if (option == "subtype") {
      has_subtype = true;
      detail.subtype = argument_type(run, value);
      need_type(object.needs, detail.subtype);
    } else if (option == "multirange_type_name") {
      multirange = name_of(value.n_names, value.names);
    } else if (option == "subtype_diff" || option == "canonical") {
      ObjectId routine = routine_by_name(run, name_of(value.n_names, value.names),
                                         option == "canonical" ? 1 : 2, value.location);
      if (routine) object.needs.push_back({routine, 0, NeedKind::normal, 0});
    }
  }
  if (!has_subtype) refuse("type attribute \"subtype\" is required");
  const TypeRef subtype = detail.subtype;
  object.detail = std::move(detail);
  ObjectId type = run.catalog.add(std::move(object));

  ObjectId multirange_schema =
      multirange.schema.empty() ? schema : creation_schema(run, multirange.schema);
  require_free_type_name(run, multirange_schema, multirange.name);
  Object many = new_object(run, Kind::base_type, multirange_schema, multirange.name);
  many.detail = OtherDetail{"multirange"};
  many.needs.push_back({type, 0, NeedKind::internal, 0});
  ObjectId multirange_type = run.catalog.add(std::move(many));

  TypeRef self;
  self.type = type;
  TypeRef array = self;
  array.is_array = true;
  add_constructor(run, type, {subtype, subtype}, "range_constructor2");
  add_constructor(run, type, {subtype, subtype, builtin_type("text")}, "range_constructor3");
  add_constructor(run, multirange_type, {}, "multirange_constructor0");
  add_constructor(run, multirange_type, {self}, "multirange_constructor1");
  add_constructor(run, multirange_type, {array}, "multirange_constructor2", true);
  run.changed(ChangeKind::create, type);
}

void create_base_type(Run& run, const PgQuery__DefineStmt& define) {
  QualifiedName name = name_of(define.n_defnames, define.defnames);
  ObjectId schema = creation_schema(run, name.schema);
  ObjectId there = run.catalog.find_type(schema, name.name);
  if (there && (define.n_definition == 0 || !is_shell(run.catalog.at(there))))
    refuse("type " + quoted(name.name) + " already exists");
  if (define.n_definition == 0) {
    Object shell = new_object(run, Kind::base_type, schema, name.name);
    shell.detail = OtherDetail{"shell"};
    run.changed(ChangeKind::create, run.catalog.add(std::move(shell)));
    return;
  }
  if (!there) refuse("type " + quoted(name.name) + " does not exist");
  run.catalog.edit_detail<OtherDetail>(there).what = "base";
  run.catalog.edit(there).origin = run.origin;
  for (std::size_t i = 0; i < define.n_definition; ++i) {
    const PgQuery__DefElem& option = *define.definition[i]->def_elem;
    std::string_view option_name = option.defname;
    if ((option_name != "input" && option_name != "output" && option_name != "receive" &&
         option_name != "send" && !option_name.starts_with("typmod_")) ||
        !option.arg || option.arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME)
      continue;
    const PgQuery__TypeName& function = *option.arg->type_name;
    if (ObjectId routine =
            routine_by_name(run, name_of(function.n_names, function.names), 1, function.location))
      run.catalog.depend(there, {routine, 0, NeedKind::normal, 0});
  }
  run.changed(ChangeKind::create, there);
}

}  // namespace schemaudit::replay
