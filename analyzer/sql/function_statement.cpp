#include "analyzer/sql/function_statement.h"

#include <string>
#include <string_view>

namespace schemaudit {

Function function_from(const PgQuery__CreateFunctionStmt& statement, const StatementText& text) {
  Function function;
  function.name = name_of(statement.n_funcname, statement.funcname);
  function.kind = statement.is_procedure ? RoutineKind::procedure : RoutineKind::function;
  for (std::size_t i = 0; i < statement.n_parameters; ++i) {
    const PgQuery__FunctionParameter& parameter = *statement.parameters[i]->function_parameter;
    bool input = parameter.mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT &&
                 parameter.mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE;
    if (!input || !parameter.arg_type) continue;
    std::string normal = value_type_normal(*parameter.arg_type);
    function.arguments.push_back({normal, normal, false});
  }
  if (statement.return_type) {
    std::string normal = value_type_normal(*statement.return_type);
    function.returns = Type{normal, normal, false};
  }
  function.security_definer = false;
  function.search_path = Fact<std::string>::none();
  for (std::size_t i = 0; i < statement.n_options; ++i) {
    if (statement.options[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *statement.options[i]->def_elem;
    std::string_view name = option.defname;
    if (name == "language") function.language = string_of(option.arg);
    if (name == "security" && option.arg && option.arg->node_case == PG_QUERY__NODE__NODE_BOOLEAN)
      function.security_definer = option.arg->boolean->boolval != 0;
    if (name == "as" && option.arg && option.arg->node_case == PG_QUERY__NODE__NODE_LIST &&
        option.arg->list->n_items > 0) {
      std::string body(string_of(option.arg->list->items[0]));
      std::size_t first = body.find_first_not_of(" \t\r\n");
      std::size_t last = body.find_last_not_of(" \t\r\n");
      function.body = first == std::string::npos ? "" : body.substr(first, last - first + 1);
    }
    if (name == "set" && option.arg &&
        option.arg->node_case == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT &&
        std::string_view(option.arg->variable_set_stmt->name) == "search_path") {
      const PgQuery__VariableSetStmt& set = *option.arg->variable_set_stmt;
      std::string path;
      for (std::size_t j = 0; j < set.n_args; ++j) {
        if (j > 0) path += ", ";
        if (set.args[j]->node_case == PG_QUERY__NODE__NODE_A_CONST &&
            set.args[j]->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL)
          path += set.args[j]->a_const->sval->sval;
      }
      function.search_path = path;
    }
  }
  function.origin = text.origin(0);
  return function;
}

}  // namespace schemaudit
