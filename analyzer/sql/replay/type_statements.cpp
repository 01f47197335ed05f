#include "analyzer/sql/replay/type_statements.h"

#include <algorithm>

#include "analyzer/model/utf8.h"
#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/replay/chosen_names.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/drop.h"
#include "analyzer/sql/replay/enum_labels.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/routine_lookup.h"
#include "analyzer/sql/replay/types.h"
#include "analyzer/sql/source_slices.h"

namespace schemaudit::replay {

namespace {

void require_free_type_name(const Run& run, ObjectId schema, const std::string& name) {
  if (run.catalog.find_type(schema, name)) refuse("type " + quoted(name) + " already exists");
}

bool is_shell(const Object& object) {
  const auto* other = std::get_if<OtherDetail>(&object.detail);
  return object.kind == Kind::base_type && other && other->what == "shell";
}

Object new_object(const Run& run, Kind kind, ObjectId schema, std::string name) {
  Object object;
  object.kind = kind;
  object.schema = schema;
  object.name = std::move(name);
  object.origin = run.origin;
  return object;
}

/// A type that an ALTER names; refuses where it is of another kind.
ObjectId type_of_kind(Run& run, const QualifiedName& name, Kind kind, std::string_view what) {
  ObjectId type = find_type(run, name);
  if (!type) {
    if (name.schema.empty() ? is_builtin_type(name.name) : is_system_schema(name.schema))
      refuse(to_string(name) + " is not " + std::string(what));
    not_found(run, "type " + quoted(to_string(name)) + " does not exist");
  }
  if (run.catalog.at(type).kind != kind) refuse(quoted(name.name) + " is not " + std::string(what));
  return type;
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

/// The parts of a domain that one constraint sets.
class DomainConstraints {
 public:
  DomainConstraints(Run& run, ObjectId domain) : run_(run), domain_(domain) {}

  void set_default(PgQuery__Node* node, int location) {
    auto is_null = [](const PgQuery__Node* value) {
      while (value && value->node_case == PG_QUERY__NODE__NODE_TYPE_CAST)
        value = value->type_cast->arg;
      return !value || (value->node_case == PG_QUERY__NODE__NODE_A_CONST && value->a_const->isnull);
    };
    std::optional<StoredExpression> stored;
    std::vector<Need> needs;
    if (!is_null(node)) {
      std::string text = location > 0
                             ? text_of_default(run_.text.text, static_cast<std::size_t>(location))
                             : shown_text(*node);
      stored = store_expression(run_, *node, std::move(text), {}, needs);
    }
    auto& detail = run_.catalog.edit_detail<DomainDetail>(domain_);
    detail.default_value = std::move(stored);
    const ObjectId base = detail.base.type;
    std::erase_if(run_.catalog.edit(domain_).needs, [&](const Need& need) {
      return need.kind == NeedKind::normal && need.object != base;
    });
    for (const Need& need : needs) run_.catalog.depend(domain_, need);
  }

  void add_check(const PgQuery__Constraint& constraint) {
    const Object& domain = run_.catalog.at(domain_);
    std::string name = constraint.conname ? constraint.conname : "";
    if (name.empty())
      name = choose_constraint_name(run_.catalog, domain.name, {}, "check", domain.schema, {});
    else if (find(name))
      refuse(
          "constraint " + quoted(name) + " for domain " + quoted(domain.name) + " already exists",
          constraint.location);
    Object object = new_object(run_, Kind::constraint, domain.schema, name);
    object.origin = run_.origin_at(constraint.location);
    ConstraintDetail detail;
    detail.table = domain_;
    detail.validated = constraint.skip_validation == 0;
    ExpressionScope scope;
    scope.domain_value = true;
    if (constraint.raw_expr)
      detail.check = store_expression(
          run_, *constraint.raw_expr,
          text_in_parentheses(run_.text.text, static_cast<std::size_t>(constraint.location)), scope,
          object.needs);
    object.needs.push_back({domain_, 0, NeedKind::automatic, 0});
    object.detail = std::move(detail);
    ObjectId check = run_.catalog.add(std::move(object));
    run_.catalog.edit_detail<DomainDetail>(domain_).constraints.push_back(check);
  }

  ObjectId find(std::string_view name) const {
    for (ObjectId check : run_.catalog.detail<DomainDetail>(domain_).constraints)
      if (const Object* object = run_.catalog.find(check); object && object->name == name)
        return check;
    return kNoObject;
  }

 private:
  Run& run_;
  ObjectId domain_;
};

[[noreturn]] void refuse_domain_constraint(const PgQuery__Constraint& constraint) {
  const char* what = "specifying constraint deferrability";
  switch (constraint.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      refuse("unique constraints not possible for domains", constraint.location);
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
      refuse("primary key constraints not possible for domains", constraint.location);
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
      refuse("exclusion constraints not possible for domains", constraint.location);
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      refuse("foreign key constraints not possible for domains", constraint.location);
    default:
      refuse(std::string(what) + " not supported for domains", constraint.location);
  }
}

/// `table.column` of a table whose rows hold the type: as a column's own where `direct`, else in
/// arrays, rows and ranges only (find_composite_type_dependencies()). Empty where there is none.
std::string column_holding(const Run& run, ObjectId type, bool direct) {
  for (ObjectId user : run.catalog.users(type)) {
    const Object& object = run.catalog.at(user);
    std::string found;
    auto look = [&](const TypeRef& held, bool inside) {
      if (held.type == type && found.empty())
        found = column_holding(run, user, inside || held.is_array);
    };
    if (const auto* domain = std::get_if<DomainDetail>(&object.detail)) look(domain->base, direct);
    if (const auto* range = std::get_if<RangeDetail>(&object.detail)) look(range->subtype, true);
    if (has_columns(object.kind))
      for (const Attribute& attribute : run.catalog.relation(user).attributes) {
        if (attribute.dropped || !attribute.type || attribute.type->type != type) continue;
        const bool stored = (is_table(object.kind) && object.kind != Kind::foreign_table) ||
                            object.kind == Kind::materialized_view;
        if (stored && (direct || attribute.type->is_array))
          return object.name + "." + attribute.name;
        // The row may be held in its turn.
        look(*attribute.type, true);
      }
    if (!found.empty()) return found;
  }
  return {};
}

/// Tables with a column of the type, which keeps it from being changed below them.
void require_unused(const Run& run, ObjectId type, bool direct = true) {
  if (std::string column = column_holding(run, type, direct); !column.empty())
    refuse("cannot alter type " + quoted(run.catalog.at(type).name) + " because column " +
           quoted(column) + " uses it");
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

void create_domain(Run& run, const PgQuery__CreateDomainStmt& create) {
  QualifiedName name = name_of(create.n_domainname, create.domainname);
  ObjectId schema = creation_schema(run, name.schema);
  require_free_type_name(run, schema, name.name);
  Object object = new_object(run, Kind::domain, schema, name.name);
  DomainDetail detail;
  detail.base = resolve_type(run, *create.type_name);
  need_type(object.needs, detail.base);
  if (const Object* base = run.catalog.find(detail.base.type); base && !detail.base.is_array)
    if (const auto* below = std::get_if<DomainDetail>(&base->detail))
      detail.default_value = below->default_value;
  bool nullability_stated = false, default_stated = false;
  for (std::size_t i = 0; i < create.n_constraints; ++i) {
    const PgQuery__Constraint& constraint = *create.constraints[i]->constraint;
    bool is_not_null = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL;
    if (!is_not_null && constraint.contype != PG_QUERY__CONSTR_TYPE__CONSTR_NULL) continue;
    if (nullability_stated && detail.not_null != is_not_null)
      refuse("conflicting NULL/NOT NULL constraints", constraint.location);
    nullability_stated = true;
    detail.not_null = is_not_null;
  }
  object.detail = std::move(detail);
  ObjectId domain = run.catalog.add(std::move(object));
  DomainConstraints constraints(run, domain);
  for (std::size_t i = 0; i < create.n_constraints; ++i) {
    const PgQuery__Constraint& constraint = *create.constraints[i]->constraint;
    switch (constraint.contype) {
      case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
      case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        if (default_stated) refuse("multiple default expressions", constraint.location);
        default_stated = true;
        constraints.set_default(constraint.raw_expr, constraint.location);
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        if (constraint.is_no_inherit)
          refuse("check constraints for domains cannot be marked NO INHERIT", constraint.location);
        constraints.add_check(constraint);
        break;
      default:
        refuse_domain_constraint(constraint);
    }
  }
  run.changed(ChangeKind::create, domain);
}

void alter_domain(Run& run, const PgQuery__AlterDomainStmt& alter) {
  QualifiedName name = name_of(alter.n_type_name, alter.type_name);
  ObjectId domain = type_of_kind(run, name, Kind::domain, "a domain");
  DomainConstraints constraints(run, domain);
  const char what = alter.subtype && *alter.subtype ? *alter.subtype : '\0';
  switch (what) {
    case 'T':
      constraints.set_default(alter.def, 0);
      run.changed(alter.def ? ChangeKind::set_default : ChangeKind::drop_default, domain);
      return;
    case 'N':
    case 'O':
      // The values of columns are looked at; those inside of others cannot be.
      if (what == 'O' && !run.catalog.detail<DomainDetail>(domain).not_null)
        require_unused(run, domain, false);
      run.catalog.edit_detail<DomainDetail>(domain).not_null = what == 'O';
      run.changed(what == 'O' ? ChangeKind::set_not_null : ChangeKind::drop_not_null, domain);
      return;
    case 'C': {
      const PgQuery__Constraint& constraint = *alter.def->constraint;
      if (constraint.contype != PG_QUERY__CONSTR_TYPE__CONSTR_CHECK)
        refuse_domain_constraint(constraint);
      constraints.add_check(constraint);
      if (!constraint.skip_validation) require_unused(run, domain, false);
      run.changed(ChangeKind::add_constraint, domain).not_valid = constraint.skip_validation != 0;
      return;
    }
    default:
      break;
  }
  ObjectId constraint = constraints.find(alter.name);
  if (!constraint) {
    if (what == 'X' && alter.missing_ok) return;
    refuse("constraint " + quoted(alter.name) + " of domain " + quoted(name.name) +
           " does not exist");
  }
  if (what == 'X') {
    std::erase(run.catalog.edit_detail<DomainDetail>(domain).constraints, constraint);
    run.catalog.erase(constraint);
    run.changed(ChangeKind::drop_constraint, domain).conditional = alter.missing_ok != 0;
  } else {
    require_unused(run, domain, false);
    run.catalog.edit_detail<ConstraintDetail>(constraint).validated = true;
    run.changed(ChangeKind::validate_constraint, domain);
  }
}

}  // namespace schemaudit::replay
