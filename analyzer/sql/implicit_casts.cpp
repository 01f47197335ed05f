#include "analyzer/sql/implicit_casts.h"

#include <algorithm>
#include <array>

namespace schemaudit {

namespace {

bool is_string_type(std::string_view type) {
  return type == "text" || type == "name" || type.starts_with("character");
}

/// PostgreSQL casts implicitly from a lower rank to a higher (pg_cast, castcontext 'i').
int numeric_rank(std::string_view type) {
  constexpr std::array<std::string_view, 6> kRanks = {"smallint", "integer", "bigint",
                                                      "numeric",  "real",    "double precision"};
  std::string_view base = type.substr(0, type.find('('));
  auto at = std::find(kRanks.begin(), kRanks.end(), base);
  return at == kRanks.end() ? -1 : static_cast<int>(at - kRanks.begin());
}

int time_rank(std::string_view type) {
  if (type == "date") return 0;
  if (type.starts_with("timestamp")) return type.ends_with("with time zone") ? 2 : 1;
  return -1;
}

}  // namespace

std::string type_of(const PgQuery__Node* node, const ColumnTypes& types) {
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF: {
      if (!types) return {};
      const PgQuery__ColumnRef& reference = *node->column_ref;
      return std::string(types(string_of(reference.fields[reference.n_fields - 1])));
    }
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return type_normal(*node->type_cast->type_name);
    case PG_QUERY__NODE__NODE_A_CONST:
      if (node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL) return "integer";
      if (node->a_const->val_case == PG_QUERY__A__CONST__VAL_FVAL) return "numeric";
      return {};
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      for (std::size_t i = 0; i < node->coalesce_expr->n_args; ++i)
        if (std::string type = type_of(node->coalesce_expr->args[i], types); !type.empty())
          return type;
      return {};
    case PG_QUERY__NODE__NODE_A_EXPR: {
      const PgQuery__AExpr& expression = *node->a_expr;
      if (expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF && expression.lexpr)
        return type_of(expression.lexpr, types);
      if (expression.n_name == 0 || !expression.lexpr || !expression.rexpr) return {};
      std::string_view op = string_of(expression.name[expression.n_name - 1]);
      std::string left = type_of(expression.lexpr, types), right = type_of(expression.rexpr, types);
      if (op == "||" && (is_string_type(left) || is_string_type(right))) return "text";
      if (op == "+" || op == "-" || op == "*" || op == "/") {
        if (numeric_rank(left) >= 0 && numeric_rank(right) >= 0)
          return numeric_rank(left) >= numeric_rank(right) ? left : right;
      }
      return {};
    }
    case PG_QUERY__NODE__NODE_FUNC_CALL: {
      constexpr std::string_view kText[] = {"lower", "upper",   "btrim",  "ltrim",
                                            "rtrim", "replace", "concat", "substring",
                                            "left",  "right",   "md5",    "substr"};
      constexpr std::string_view kInteger[] = {"length", "char_length", "octet_length",
                                               "array_length", "cardinality"};
      QualifiedName name = name_of(node->func_call->n_funcname, node->func_call->funcname);
      for (std::string_view known : kText)
        if (name.name == known) return "text";
      for (std::string_view known : kInteger)
        if (name.name == known) return "integer";
      if (name.name == "now") return "timestamp with time zone";
      return {};
    }
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      switch (node->sqlvalue_function->op) {
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE:
          return "date";
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
          return "timestamp with time zone";
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
          return "timestamp without time zone";
        default:
          return "name";
      }
    default:
      return {};
  }
}

bool cast_is_implicit(std::string_view from, std::string_view to, const PgQuery__Node& argument,
                      const ColumnTypes& types) {
  if (from == to) return true;
  bool plain_text = to == "text" || to == "character varying" || to == "character";
  if (from.empty())
    return plain_text && argument.node_case == PG_QUERY__NODE__NODE_COLUMN_REF && !types;
  if (plain_text && is_string_type(from)) return true;
  if (to == "text[]" && from.starts_with("character varying")) return true;
  int a = numeric_rank(from), b = numeric_rank(to);
  if (a >= 0 && b >= 0 && to.find('(') == std::string_view::npos) return a < b || a == b;
  int c = time_rank(from), d = time_rank(to);
  return c >= 0 && d >= 0 && c <= d;
}

bool is_number_of_type(std::string_view constant, std::string_view type) {
  if (numeric_rank(type) < 0) return false;
  bool whole = constant.find('.') == std::string::npos && constant.front() != '\'';
  return constant.front() != '\'' && (whole || numeric_rank(type) >= 3) &&
         type.find('(') == std::string_view::npos;
}

}  // namespace schemaudit
