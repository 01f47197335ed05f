#include "analyzer/sql/replay/routines.h"

#include <algorithm>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/lexer.h"
#include "analyzer/sql/replay/ddl_in_text.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/grants.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/queries.h"
#include "analyzer/sql/replay/routine_lookup.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

using Mode = PgQuery__FunctionParameterMode;

bool is_input(Mode mode) {
  return mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT &&
         mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE;
}
bool is_output(Mode mode) {
  return mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT ||
         mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT ||
         mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE;
}

/// What CREATE FUNCTION says, before it is known whether it replaces another.
struct Definition {
  RoutineDetail detail;
  std::vector<Need> needs;
  const PgQuery__List* as = nullptr;
  bool refers_to_any_type = false;
};

void read_parameters(Run& run, std::size_t count, PgQuery__Node* const* nodes,
                     Definition& definition) {
  RoutineDetail& detail = definition.detail;
  std::vector<std::pair<std::string, Mode>> names;
  for (std::size_t i = 0; i < count; ++i) {
    const PgQuery__FunctionParameter& parameter = *nodes[i]->function_parameter;
    const std::string name = parameter.name ? parameter.name : "";
    TypeRef type = argument_type(run, *parameter.arg_type);
    need_type(definition.needs, type);
    if (type.spelling.starts_with("any")) definition.refers_to_any_type = true;
    for (const auto& [other, mode] : names) {
      // IN and OUT arguments may share a name.
      bool apart = (is_input(mode) && !is_output(mode) && !is_input(parameter.mode)) ||
                   (is_input(parameter.mode) && !is_output(parameter.mode) && !is_input(mode));
      if (!name.empty() && other == name && !apart)
        refuse("parameter name " + quoted(name) + " used more than once");
    }
    names.emplace_back(name, parameter.mode);
    if (is_output(parameter.mode)) detail.result_columns.emplace_back(name, type);
    if (parameter.mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE)
      detail.returns_table = true;
    if (!is_input(parameter.mode)) {
      if (parameter.defexpr) refuse("only input parameters can have default values");
      continue;
    }
    if (detail.variadic) refuse("VARIADIC parameter must be the last input parameter");
    detail.variadic = parameter.mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC;
    if (parameter.defexpr) {
      ++detail.defaults;
      store_expression(run, *parameter.defexpr, {}, {}, definition.needs);
    } else if (detail.defaults > 0) {
      refuse("input parameters after one with a default value must also have defaults");
    }
    detail.arguments.push_back(std::move(type));
    detail.argument_names.push_back(name);
  }
}

/// The setting as pg_proc.proconfig has it; unset where it takes the setting away.
std::optional<std::string> search_path_setting(const Run& run,
                                               const PgQuery__VariableSetStmt& set) {
  std::vector<std::string> schemas;
  switch (set.kind) {
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE:
      for (std::size_t i = 0; i < set.n_args; ++i)
        if (set.args[i]->node_case == PG_QUERY__NODE__NODE_A_CONST &&
            set.args[i]->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL)
          schemas.emplace_back(set.args[i]->a_const->sval->sval);
      break;
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT:
      schemas = run.session.search_path;
      break;
    default:
      return std::nullopt;
  }
  return join_identifiers(schemas);
}

/// Options that CREATE and ALTER share; false for any other.
bool apply_common_option(const Run& run, const PgQuery__DefElem& option, RoutineDetail& detail) {
  std::string_view name = option.defname;
  if (name == "security") {
    detail.security_definer = option.arg && option.arg->node_case == PG_QUERY__NODE__NODE_BOOLEAN &&
                              option.arg->boolean->boolval != 0;
    return true;
  }
  if (name != "set" || !option.arg ||
      option.arg->node_case != PG_QUERY__NODE__NODE_VARIABLE_SET_STMT)
    return false;
  const PgQuery__VariableSetStmt& set = *option.arg->variable_set_stmt;
  if (set.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL)
    detail.search_path.reset();
  else if (std::string_view(set.name) == "search_path")
    detail.search_path = search_path_setting(run, set);
  return true;
}

void require_language(const Run& run, const std::string& language) {
  if (language == "sql" || language == "plpgsql" || language == "c" || language == "internal")
    return;
  bool known = run.catalog.find_extension(language) != kNoObject;
  for (ObjectId other : run.catalog.all_named(NameSpace::other, kNoObject, language))
    known = known || std::get<OtherDetail>(run.catalog.at(other).detail).what == "language";
  if (!known) not_found(run, "language " + quoted(language) + " does not exist");
}

void read_options(Run& run, const PgQuery__CreateFunctionStmt& create, Definition& definition) {
  for (std::size_t i = 0; i < create.n_options; ++i) {
    if (create.options[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *create.options[i]->def_elem;
    std::string_view name = option.defname;
    if (apply_common_option(run, option, definition.detail)) continue;
    if (name == "language")
      definition.detail.language = string_of(option.arg);
    else if (name == "window")
      definition.detail.kind = RoutineKind::window;
    else if (name == "as" && option.arg && option.arg->node_case == PG_QUERY__NODE__NODE_LIST)
      definition.as = option.arg->list;
  }
  if (definition.detail.language.empty()) {
    if (!create.sql_body) refuse("no language specified");
    definition.detail.language = "sql";
  }
  require_language(run, definition.detail.language);
  if (!definition.as && !create.sql_body) refuse("no function body specified");
}

/// A function in C may return a type that is not made yet: the server makes a shell of it.
TypeRef return_type(Run& run, const PgQuery__TypeName& type, const std::string& language) {
  QualifiedName name = name_of(type.n_names, type.names);
  bool makes_shell = (language == "c" || language == "internal") && !type.pct_type &&
                     !is_system_schema(name.schema) && !find_type(run, name);
  if (makes_shell && !(name.schema.empty() && is_builtin_type(type_normal(type)))) {
    Object shell;
    shell.kind = Kind::base_type;
    shell.schema = creation_schema(run, name.schema);
    shell.name = name.name;
    shell.origin = run.origin;
    shell.detail = OtherDetail{"shell"};
    run.catalog.add(std::move(shell));
  }
  return argument_type(run, type);
}

void read_result(Run& run, const PgQuery__CreateFunctionStmt& create, Definition& definition) {
  RoutineDetail& detail = definition.detail;
  if (create.is_procedure) return;
  std::optional<TypeRef> required;
  if (!detail.returns_table && detail.result_columns.size() == 1)
    required = detail.result_columns[0].second;
  else if (!detail.returns_table && detail.result_columns.size() > 1)
    required = builtin_type("record");
  if (!create.return_type) {
    if (!required) refuse("function result type must be specified");
    detail.returns = required;
    return;
  }
  detail.returns_set = create.return_type->setof != 0;
  detail.returns = return_type(run, *create.return_type, detail.language);
  need_type(definition.needs, *detail.returns);
  if (required && *required != *detail.returns)
    refuse("function result type must be " + type_text(run.catalog, *required) +
           " because of OUT parameters");
}

/// The arguments as a row whose columns the body may name.
OuterRow argument_row(const std::string& function, const RoutineDetail& detail) {
  OuterRow row{function, kNoObject, {}};
  auto add = [&](const std::string& name, const TypeRef& type) {
    auto& columns = row.columns.columns;
    // INOUT is both.
    bool known = std::any_of(columns.begin(), columns.end(),
                             [&](const QueryColumn& column) { return column.name == name; });
    if (!name.empty() && !known) columns.push_back({name, type});
  };
  for (std::size_t i = 0; i < detail.arguments.size(); ++i)
    add(detail.argument_names[i], detail.arguments[i]);
  for (const auto& [name, type] : detail.result_columns) add(name, type);
  return row;
}

PgQuery__Node* select_of(Run& run, PgQuery__Node* expression) {
  PgQuery__ResTarget target = PG_QUERY__RES_TARGET__INIT;
  target.val = expression;
  PgQuery__Node node = PG_QUERY__NODE__INIT;
  node.node_case = PG_QUERY__NODE__NODE_RES_TARGET;
  node.res_target = run.arena.make(target);
  PgQuery__SelectStmt select = PG_QUERY__SELECT_STMT__INIT;
  select.n_target_list = 1;
  select.target_list = run.arena.make(run.arena.make(node));
  PgQuery__Node statement = PG_QUERY__NODE__INIT;
  statement.node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
  statement.select_stmt = run.arena.make(select);
  return run.arena.make(statement);
}

/// RETURN x and BEGIN ATOMIC: parsed with the statement, and what they read is needed.
void read_sql_body(Run& run, PgQuery__Node& body, const OuterRow& arguments,
                   std::vector<Need>& needs) {
  switch (body.node_case) {
    case PG_QUERY__NODE__NODE_LIST:
      for (std::size_t i = 0; i < body.list->n_items; ++i)
        read_sql_body(run, *body.list->items[i], arguments, needs);
      break;
    case PG_QUERY__NODE__NODE_RETURN_STMT:
      if (body.return_stmt->returnval)
        analyse_statement(run, *select_of(run, body.return_stmt->returnval), {arguments}, needs);
      break;
    default:
      analyse_statement(run, body, {arguments}, needs);
  }
}

/// A body in SQL is analysed when the function is made, unless it has arguments of any type.
void check_text_body(Run& run, const std::string& body, const OuterRow& arguments) {
  Tree tree = parse_sql(body);
  if (!tree.ok()) refuse(tree.error.message + ", in the function's body");
  for (std::size_t i = 0; i < tree.size(); ++i) {
    if (!tree.raw(i).stmt) continue;
    std::vector<Need> needs;
    try {
      analyse_statement(run, *tree.raw(i).stmt, {arguments}, needs);
    } catch (const Refusal& refusal) {
      if (refusal.kind != ProblemKind::refused) continue;
      refuse(refusal.message + ", in the function's body");
    }
  }
}

/// PL/pgSQL resolves `name table%ROWTYPE` when the function is made; the rest of a body later.
void check_row_types(Run& run, const std::string& body) {
  if (run.session.has_unknown_objects) return;
  const std::vector<Token> tokens = tokenize(body);
  auto name_at = [&](std::size_t i) {
    std::string_view text = tokens[i].in(body);
    if (tokens[i].kind != TokenKind::quoted_name) return fold_case(text);
    return std::string(text.substr(1, text.size() - 2));
  };
  auto is_name = [&](std::size_t i) {
    return tokens[i].kind == TokenKind::word || tokens[i].kind == TokenKind::quoted_name;
  };
  for (std::size_t i = 2; i < tokens.size(); ++i) {
    if (!is_word(tokens[i], body, "rowtype") || tokens[i - 1].in(body) != "%" || !is_name(i - 2))
      continue;
    QualifiedName name{"", name_at(i - 2)};
    if (i >= 4 && tokens[i - 3].in(body) == "." && is_name(i - 4)) name.schema = name_at(i - 4);
    relation_named(run, name);
  }
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(kSpace) - begin + 1));
}

void read_body(Run& run, const PgQuery__CreateFunctionStmt& create, const std::string& name,
               Definition& definition) {
  RoutineDetail& detail = definition.detail;
  OuterRow arguments = argument_row(name, detail);
  if (create.sql_body) {
    read_sql_body(run, *create.sql_body, arguments, definition.needs);
    return;
  }
  const PgQuery__List& as = *definition.as;
  if (detail.language == "c") {
    // The file and, if it is not the function's own name, the symbol in it.
    detail.body = as.n_items > 1 ? std::string(string_of(as.items[1])) : name;
    return;
  }
  if (as.n_items > 1) refuse("only one AS item needed for language " + quoted(detail.language));
  std::string body(as.n_items > 0 ? string_of(as.items[0]) : std::string_view());
  if (detail.language != "internal") detail.may_change_schema = effects_of(body).any();
  if (detail.language == "sql" && run.session.check_function_bodies &&
      !definition.refers_to_any_type)
    check_text_body(run, body, arguments);
  if (detail.language == "plpgsql" && run.session.check_function_bodies) check_row_types(run, body);
  detail.body = trimmed(body);
}

std::string_view routine_kind_name(RoutineKind kind) {
  switch (kind) {
    case RoutineKind::procedure:
      return "procedure";
    case RoutineKind::aggregate:
      return "an aggregate function";
    case RoutineKind::window:
      return "a window function";
    default:
      return "function";
  }
}

void require_replaceable(const RoutineDetail& old, const RoutineDetail& made,
                         const std::string& name) {
  if (old.kind != made.kind) refuse("cannot change routine kind of " + quoted(name));
  auto column_types = [](const RoutineDetail& detail) {
    std::vector<TypeRef> types;
    for (const auto& column : detail.result_columns) types.push_back(column.second);
    return types;
  };
  bool same_row = old.result_columns == made.result_columns ||
                  (old.result_columns.size() <= 1 && column_types(old) == column_types(made));
  if (old.returns != made.returns || old.returns_set != made.returns_set || !same_row)
    refuse(old.kind == RoutineKind::procedure
               ? "cannot change whether a procedure has output parameters"
               : "cannot change return type of existing function");
  for (std::size_t i = 0; i < old.argument_names.size(); ++i)
    if (!old.argument_names[i].empty() && old.argument_names[i] != made.argument_names[i])
      refuse("cannot change name of input parameter " + quoted(old.argument_names[i]));
  if (made.defaults < old.defaults)
    refuse("cannot remove parameter defaults from existing function");
}

ObjectId routine_with(const Catalog& catalog, ObjectId schema, const std::string& name,
                      const std::vector<TypeRef>& arguments) {
  for (ObjectId routine : catalog.find_routines(schema, name)) {
    const auto& detail = catalog.detail<RoutineDetail>(routine);
    if (detail.language != "extension" && detail.arguments == arguments) return routine;
  }
  return kNoObject;
}

void add_routine(Run& run, const QualifiedName& name, bool replace, Definition definition) {
  ObjectId schema = creation_schema(run, name.schema);
  ObjectId old = routine_with(run.catalog, schema, name.name, definition.detail.arguments);
  if (!old) {
    Object object;
    object.kind = Kind::routine;
    object.schema = schema;
    object.name = name.name;
    object.origin = run.origin;
    object.needs = std::move(definition.needs);
    definition.detail.public_may_execute = !functions_are_closed(run.session, schema);
    object.detail = std::move(definition.detail);
    run.changed(ChangeKind::create, run.catalog.add(std::move(object)));
    return;
  }
  const auto& before = run.catalog.detail<RoutineDetail>(old);
  if (!replace)
    refuse(std::string(before.kind == RoutineKind::procedure ? "procedure " : "function ") +
           quoted(name.name) + " already exists with same argument types");
  require_replaceable(before, definition.detail, name.name);
  // Who may call it stays as it was.
  definition.detail.public_may_execute = before.public_may_execute;
  Object& object = run.catalog.edit(old);
  object.detail = std::move(definition.detail);
  object.origin = run.origin;
  std::erase_if(object.needs, [](const Need& need) { return need.kind != NeedKind::extension; });
  for (const Need& need : definition.needs) run.catalog.depend(old, need);
  run.changed(ChangeKind::replace, old);
}

}  // namespace

void create_function(Run& run, const PgQuery__CreateFunctionStmt& create) {
  QualifiedName name = name_of(create.n_funcname, create.funcname);
  creation_schema(run, name.schema);
  Definition definition;
  definition.detail.kind = create.is_procedure ? RoutineKind::procedure : RoutineKind::function;
  read_options(run, create, definition);
  read_parameters(run, create.n_parameters, create.parameters, definition);
  read_result(run, create, definition);
  read_body(run, create, name.name, definition);
  add_routine(run, name, create.replace != 0, std::move(definition));
}

void alter_function(Run& run, const PgQuery__AlterFunctionStmt& alter) {
  ObjectId routine = routine_named(run, *alter.func, false);
  if (!routine) refuse("permission denied: the function is one of the system's");
  const RoutineKind kind = run.catalog.detail<RoutineDetail>(routine).kind;
  bool wants_procedure = alter.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE;
  bool wants_function = alter.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION;
  if ((wants_procedure && kind != RoutineKind::procedure) ||
      (wants_function && kind == RoutineKind::procedure))
    refuse(run.catalog.at(routine).name + " is not a " +
           std::string(wants_procedure ? "procedure" : "function"));
  if (kind == RoutineKind::aggregate)
    refuse(quoted(run.catalog.at(routine).name) + " is " + std::string(routine_kind_name(kind)));
  auto& detail = run.catalog.edit_detail<RoutineDetail>(routine);
  for (std::size_t i = 0; i < alter.n_actions; ++i)
    if (alter.actions[i]->node_case == PG_QUERY__NODE__NODE_DEF_ELEM)
      apply_common_option(run, *alter.actions[i]->def_elem, detail);
  run.changed(ChangeKind::property, routine);
}

void create_language(Run& run, const PgQuery__CreatePLangStmt& create) {
  Object object;
  object.kind = Kind::other;
  object.name = create.plname;
  object.origin = run.origin;
  object.detail = OtherDetail{"language"};
  run.catalog.add(std::move(object));
}

void create_aggregate(Run& run, const PgQuery__DefineStmt& define) {
  QualifiedName name = name_of(define.n_defnames, define.defnames);
  creation_schema(run, name.schema);
  Definition definition;
  RoutineDetail& detail = definition.detail;
  detail.kind = RoutineKind::aggregate;
  detail.language = "internal";
  detail.body = "aggregate_dummy";
  if (define.n_args > 0 && define.args[0]->node_case == PG_QUERY__NODE__NODE_LIST)
    read_parameters(run, define.args[0]->list->n_items, define.args[0]->list->items, definition);
  const PgQuery__TypeName* state_type = nullptr;
  const PgQuery__TypeName* base_type = nullptr;
  const PgQuery__TypeName* final_function = nullptr;
  std::vector<const PgQuery__TypeName*> functions;
  for (std::size_t i = 0; i < define.n_definition; ++i) {
    const PgQuery__DefElem& option = *define.definition[i]->def_elem;
    if (!option.arg || option.arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) continue;
    std::string option_name = fold_case(option.defname);
    if (option_name == "stype") state_type = option.arg->type_name;
    if (option_name == "basetype") base_type = option.arg->type_name;
    if (option_name == "finalfunc") final_function = option.arg->type_name;
    if (option_name.ends_with("func")) functions.push_back(option.arg->type_name);
  }
  if (!state_type) refuse("aggregate stype must be specified");
  if (functions.empty()) refuse("aggregate sfunc must be specified");
  if (define.oldstyle) {
    if (!base_type) refuse("aggregate input type must be specified");
    if (name_of(base_type->n_names, base_type->names).name != "any") {
      detail.arguments.push_back(argument_type(run, *base_type));
      detail.argument_names.emplace_back();
      need_type(definition.needs, detail.arguments.back());
    }
  }
  TypeRef state = argument_type(run, *state_type);
  need_type(definition.needs, state);
  detail.returns = state;
  for (const PgQuery__TypeName* function : functions) {
    QualifiedName function_name = name_of(function->n_names, function->names);
    ObjectId found = kNoObject;
    for (ObjectId routine : find_routines(run, function_name)) found = found ? found : routine;
    if (!found)
      found = routine_by_name(run, function_name, detail.arguments.size() + 1, function->location);
    if (function == final_function) {
      detail.returns = found ? run.catalog.detail<RoutineDetail>(found).returns : std::nullopt;
      if (!found)
        if (TypeId result = result_of_every(function_name.name))
          detail.returns = builtin_type(std::string(builtin_type_name(result)));
    }
    if (found) definition.needs.push_back({found, 0, NeedKind::normal, 0});
  }
  add_routine(run, name, define.replace != 0, std::move(definition));
}

}  // namespace schemaudit::replay
