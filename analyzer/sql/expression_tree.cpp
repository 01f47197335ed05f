#include "analyzer/sql/expression_tree.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <set>

#include "analyzer/sql/condition.h"
#include "analyzer/sql/implicit_casts.h"
#include "analyzer/sql/literal.h"

namespace schemaudit {

namespace {

class Renderer {
 public:
  explicit Renderer(const ExpressionContext& context) : context_(context) {}

  std::string render(const PgQuery__Node* node) {
    if (!node) return {};
    return print(condition(node));
  }

  bool query_mode = false;
  bool decided = true;

 private:
  Condition condition(const PgQuery__Node* node) {
    switch (node->node_case) {
      case PG_QUERY__NODE__NODE_BOOL_EXPR:
        return bool_expression(*node->bool_expr);
      case PG_QUERY__NODE__NODE_A_EXPR:
        return operation(*node->a_expr);
      case PG_QUERY__NODE__NODE_NULL_TEST: {
        bool is_null = node->null_test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL;
        return {Condition::Kind::comparison,
                render(node->null_test->arg),
                is_null ? "isnull" : "notnull",
                {""},
                {}};
      }
      default:
        return Condition::plain(plain(node));
    }
  }

  Condition bool_expression(const PgQuery__BoolExpr& expression) {
    if (expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR)
      return negate(condition(expression.args[0]));
    bool conjunction = expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
    std::vector<Condition> parts;
    for (std::size_t i = 0; i < expression.n_args; ++i)
      parts.push_back(condition(expression.args[i]));
    return combine(conjunction, std::move(parts));
  }

  Condition operation(const PgQuery__AExpr& expression) {
    std::string op(expression.n_name > 0 ? string_of(expression.name[expression.n_name - 1])
                                         : std::string_view());
    switch (expression.kind) {
      case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
      case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
      case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
      case PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR:
        return binary(op, expression.lexpr, expression.rexpr);
      case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        return in_list(render(expression.lexpr), op == "=", expression.rexpr);
      case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
      case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL: {
        bool any = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY;
        if ((any && op == "=") || (!any && op == "<>")) {
          std::vector<std::string> values;
          if (array_elements(expression.rexpr, values))
            return membership(render(expression.lexpr), any, std::move(values));
        }
        return Condition::plain("(" + render(expression.lexpr) + " " + op +
                                (any ? " any " : " all ") + render(expression.rexpr) + ")");
      }
      case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
      case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN: {
        bool inside = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN;
        const PgQuery__List& bounds = *expression.rexpr->list;
        std::string value = render(expression.lexpr);
        std::vector<Condition> parts = {
            comparison(inside ? ">=" : "<", value, render(bounds.items[0])),
            comparison(inside ? "<=" : ">", value, render(bounds.items[1]))};
        return combine(inside, std::move(parts));
      }
      case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
      case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT: {
        std::vector<std::string> sides = {render(expression.lexpr), render(expression.rexpr)};
        std::sort(sides.begin(), sides.end());
        return Condition::plain(
            std::string(expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT
                            ? "distinct("
                            : "notdistinct(") +
            join(sides) + ")");
      }
      case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        return Condition::plain("nullif(" + render(expression.lexpr) + ", " +
                                render(expression.rexpr) + ")");
      default:
        return Condition::plain("op" + std::to_string(static_cast<int>(expression.kind)) + "(" +
                                op + ", " + render(expression.lexpr) + ", " +
                                render(expression.rexpr) + ")");
    }
  }

  Condition binary(const std::string& op, const PgQuery__Node* left, const PgQuery__Node* right) {
    if (!left) {
      std::string operand = render(right);
      if (op == "-" && !operand.empty() && operand[0] >= '0' && operand[0] <= '9')
        return Condition::plain("-" + operand);
      if (op == "+") return Condition::plain(operand);
      return Condition::plain("(" + op + " " + operand + ")");
    }
    std::string a = render(left), b = render(right);
    if (op == "=" || op == "<>") {
      // A boolean compared with a constant is the boolean itself, or its negation; NULL stays.
      for (bool swap : {false, true}) {
        const std::string& constant = swap ? a : b;
        if (constant != "true" && constant != "false") continue;
        Condition inner = condition(swap ? right : left);
        return (constant == "true") == (op == "=") ? inner : negate(std::move(inner));
      }
    }
    if (op == "~~" || op == "!~~" || op == "~~*" || op == "!~~*" || op == "~" || op == "!~" ||
        op == "~*" || op == "!~*")
      return {Condition::Kind::comparison, a, op, {b}, {}};
    if (op == "=" || op == "<>" || op == "<" || op == ">" || op == "<=" || op == ">=")
      return comparison(op, a, b);
    if ((op == "+" || op == "*") && b < a) std::swap(a, b);
    return Condition::plain("(" + a + " " + op + " " + b + ")");
  }

  Condition in_list(std::string left, bool in, const PgQuery__Node* right) {
    std::vector<std::string> values;
    if (right->node_case == PG_QUERY__NODE__NODE_LIST) {
      for (std::size_t i = 0; i < right->list->n_items; ++i)
        values.push_back(render(right->list->items[i]));
      return membership(std::move(left), in, std::move(values));
    }
    return Condition::plain((in ? "in(" : "notin(") + left + ", " + render(right) + ")");
  }

  /// The elements of ARRAY[...] or of an array literal, below any casts.
  bool array_elements(const PgQuery__Node* node, std::vector<std::string>& values) {
    while (node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) node = node->type_cast->arg;
    if (node->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR) {
      for (std::size_t i = 0; i < node->a_array_expr->n_elements; ++i)
        values.push_back(render(node->a_array_expr->elements[i]));
      return true;
    }
    if (node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
        node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL && !node->a_const->isnull)
      return plain_array_elements(node->a_const->sval->sval, values);
    return false;
  }

  std::string plain(const PgQuery__Node* node) {
    switch (node->node_case) {
      case PG_QUERY__NODE__NODE_A_CONST:
        return constant(*node->a_const);
      case PG_QUERY__NODE__NODE_COLUMN_REF:
        return column(*node->column_ref);
      case PG_QUERY__NODE__NODE_TYPE_CAST:
        return cast(*node->type_cast);
      case PG_QUERY__NODE__NODE_FUNC_CALL:
        return call(*node->func_call);
      case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        return sql_value(*node->sqlvalue_function);
      case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return "coalesce(" + list(node->coalesce_expr->n_args, node->coalesce_expr->args) + ")";
      case PG_QUERY__NODE__NODE_CASE_EXPR:
        return case_expression(*node->case_expr);
      case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        if (node->a_array_expr->n_elements == 0) return "'{}'";
        return "array[" + list(node->a_array_expr->n_elements, node->a_array_expr->elements) + "]";
      case PG_QUERY__NODE__NODE_COLLATE_CLAUSE: {
        QualifiedName collation =
            name_of(node->collate_clause->n_collname, node->collate_clause->collname);
        return "collate(" + render(node->collate_clause->arg) + ", " +
               quote_identifier(collation.name) + ")";
      }
      case PG_QUERY__NODE__NODE_RES_TARGET:
        return result_target(*node->res_target);
      case PG_QUERY__NODE__NODE_RANGE_VAR:
        return "relation(" + quote_identifier(node->range_var->relname) +
               (node->range_var->alias ? " " + quote_identifier(node->range_var->alias->aliasname)
                                       : "") +
               ")";
      case PG_QUERY__NODE__NODE_A_STAR:
        decided = false;
        return "*";
      case PG_QUERY__NODE__NODE_STRING:
        return node->string->sval;
      default:
        return message(*node_message(node));
    }
  }

  template <typename Count>
  std::string list(Count count, PgQuery__Node* const* nodes) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < count; ++i) parts.push_back(render(nodes[i]));
    return join(parts);
  }

  static std::string constant(const PgQuery__AConst& value) {
    if (value.isnull) return "null";
    switch (value.val_case) {
      case PG_QUERY__A__CONST__VAL_IVAL:
        return std::to_string(value.ival->ival);
      case PG_QUERY__A__CONST__VAL_FVAL:
        return canonical_number(value.fval->fval);
      case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return value.boolval->boolval ? "true" : "false";
      case PG_QUERY__A__CONST__VAL_SVAL:
        return quote_literal(value.sval->sval);
      case PG_QUERY__A__CONST__VAL_BSVAL:
        return std::string("b'") + value.bsval->bsval + "'";
      default:
        return "0";
    }
  }

  std::string column(const PgQuery__ColumnRef& reference) {
    const PgQuery__Node* last = reference.fields[reference.n_fields - 1];
    if (last->node_case == PG_QUERY__NODE__NODE_A_STAR) {
      decided = false;
      return "*";
    }
    return quote_identifier(string_of(last));
  }

  std::string cast(const PgQuery__TypeCast& cast) {
    const std::string type = type_normal(*cast.type_name);
    const PgQuery__Node* argument = cast.arg;
    if (argument->node_case == PG_QUERY__NODE__NODE_A_CONST)
      return cast_constant(*argument->a_const, type);
    if (argument->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR && type.ends_with("[]"))
      return cast_array(*argument->a_array_expr, type.substr(0, type.size() - 2));
    std::string inner = render(argument);
    if (is_constant_text(inner) && inner != "null" && is_number_of_type(inner, type)) return inner;
    std::string from = type_of(argument, context_.types);
    // Without the tables at hand a query's own casts cannot be told from the server's.
    if (query_mode && from.empty()) return inner;
    if (cast_is_implicit(from, type, *argument, context_.types)) return inner;
    return "cast(" + inner + ", " + type + ")";
  }

  std::string cast_array(const PgQuery__AArrayExpr& array, const std::string& element_type) {
    if (array.n_elements == 0) return "'{}'";
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < array.n_elements; ++i) {
      const PgQuery__Node* element = array.elements[i];
      parts.push_back(element->node_case == PG_QUERY__NODE__NODE_A_CONST
                          ? cast_constant(*element->a_const, element_type)
                          : render(element));
    }
    return "array[" + join(parts) + "]";
  }

  /// A literal takes its type from where it stands; the cast that says so adds nothing.
  static std::string cast_constant(const PgQuery__AConst& value, const std::string& type) {
    if (value.isnull) return "null";
    if (value.val_case == PG_QUERY__A__CONST__VAL_SVAL)
      return canonical_literal(value.sval->sval, type);
    std::string number = constant(value);
    if (is_number_of_type(number, type)) return number;
    if (value.val_case == PG_QUERY__A__CONST__VAL_BOOLVAL && type == "boolean") return number;
    return "cast(" + number + ", " + type + ")";
  }

  std::string call(const PgQuery__FuncCall& call) {
    QualifiedName name = name_of(call.n_funcname, call.funcname);
    if (name.name == "transaction_timestamp") name.name = "now";
    std::string text = quote_identifier(name.name) + "(";
    if (call.agg_distinct) text += "distinct ";
    if (call.agg_star) text += "*";
    text += list(call.n_args, call.args);
    if (call.n_agg_order > 0) text += " order " + list(call.n_agg_order, call.agg_order);
    text += ")";
    if (call.agg_filter) text += " filter(" + render(call.agg_filter) + ")";
    if (call.over) text += " over(" + message(call.over->base) + ")";
    return text;
  }

  static std::string sql_value(const PgQuery__SQLValueFunction& function) {
    std::string precision = "(" + std::to_string(function.typmod) + ")";
    switch (function.op) {
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE:
        return "current_date";
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME:
        return "current_time";
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N:
        return "current_time" + precision;
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
        return "now()";
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
        return "current_timestamp" + precision;
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME:
        return "localtime";
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N:
        return "localtime" + precision;
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
        return "localtimestamp";
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
        return "localtimestamp" + precision;
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE:
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER:
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER:
        return "current_user";
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER:
        return "session_user";
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG:
        return "current_catalog";
      case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA:
        return "current_schema";
      default:
        return "value_function";
    }
  }

  std::string case_expression(const PgQuery__CaseExpr& expression) {
    std::string text = "case(";
    if (expression.arg) text += render(expression.arg);
    for (std::size_t i = 0; i < expression.n_args; ++i) {
      const PgQuery__CaseWhen& when = *expression.args[i]->case_when;
      text += " when " + render(when.expr) + " then " + render(when.result);
    }
    // The server stores a missing ELSE as ELSE NULL.
    std::string otherwise = expression.defresult ? render(expression.defresult) : "null";
    if (otherwise != "null") text += " else " + otherwise;
    return text + ")";
  }

  std::string result_target(const PgQuery__ResTarget& target) {
    std::string value = target.val ? render(target.val) : std::string();
    std::string name = target.name && *target.name ? quote_identifier(target.name) : "";
    // The server spells out the name that a column of a query gets by itself.
    if (name.empty() || name == value || (target.val && name == own_name(target.val))) return value;
    return value + " as " + name;
  }

  /// The name PostgreSQL gives a column of a query that has no alias (FigureColname()).
  static std::string own_name(const PgQuery__Node* node) {
    switch (node->node_case) {
      case PG_QUERY__NODE__NODE_COLUMN_REF:
        return quote_identifier(
            string_of(node->column_ref->fields[node->column_ref->n_fields - 1]));
      case PG_QUERY__NODE__NODE_FUNC_CALL:
        return quote_identifier(
            name_of(node->func_call->n_funcname, node->func_call->funcname).name);
      case PG_QUERY__NODE__NODE_TYPE_CAST: {
        std::string inner = own_name(node->type_cast->arg);
        if (!inner.empty()) return inner;
        const PgQuery__TypeName& type = *node->type_cast->type_name;
        return quote_identifier(name_of(type.n_names, type.names).name);
      }
      case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return "coalesce";
      case PG_QUERY__NODE__NODE_CASE_EXPR:
        return "case";
      default:
        return {};
    }
  }

  static const ProtobufCMessage* node_message(const PgQuery__Node* node) {
    const ProtobufCMessageDescriptor* descriptor = node->base.descriptor;
    for (unsigned i = 0; i < descriptor->n_fields; ++i) {
      const ProtobufCFieldDescriptor& field = descriptor->fields[i];
      if (static_cast<unsigned>(node->node_case) != field.id) continue;
      const void* at = reinterpret_cast<const char*>(node) + field.offset;
      return *static_cast<ProtobufCMessage* const*>(at);
    }
    return &node->base;
  }

  static bool is_node(const ProtobufCMessage* message) {
    return message->descriptor == &pg_query__node__descriptor;
  }

  std::string nested(const ProtobufCMessage* value) {
    if (!value) return {};
    if (is_node(value)) {
      const auto* node = reinterpret_cast<const PgQuery__Node*>(value);
      return node->node_case == PG_QUERY__NODE__NODE__NOT_SET ? std::string() : render(node);
    }
    if (value->descriptor == &pg_query__type_name__descriptor)
      return type_normal(*reinterpret_cast<const PgQuery__TypeName*>(value));
    if (value->descriptor == &pg_query__range_var__descriptor)
      return "relation(" +
             quote_identifier(reinterpret_cast<const PgQuery__RangeVar*>(value)->relname) + ")";
    return message(*value);
  }

  std::string message(const ProtobufCMessage& value) {
    std::string text = std::string(value.descriptor->short_name) + "{";
    for (unsigned i = 0; i < value.descriptor->n_fields; ++i) {
      const ProtobufCFieldDescriptor& field = value.descriptor->fields[i];
      std::string_view name = field.name;
      if (name.ends_with("location") || name == "stmt_len") continue;
      const char* at = reinterpret_cast<const char*>(&value) + field.offset;
      std::string shown;
      if (field.label == PROTOBUF_C_LABEL_REPEATED) {
        std::size_t count = *reinterpret_cast<const std::size_t*>(
            reinterpret_cast<const char*>(&value) + field.quantifier_offset);
        if (count == 0) continue;
        std::vector<std::string> parts;
        const char* elements = *reinterpret_cast<char* const*>(at);
        for (std::size_t j = 0; j < count; ++j) parts.push_back(scalar(field, elements, j));
        shown = "[" + join(parts) + "]";
      } else {
        shown = scalar(field, at, 0);
      }
      if (!shown.empty() && shown != "0") text += std::string(name) + "=" + shown + " ";
    }
    return text + "}";
  }

  std::string scalar(const ProtobufCFieldDescriptor& field, const char* at, std::size_t index) {
    switch (field.type) {
      case PROTOBUF_C_TYPE_MESSAGE:
        return nested(reinterpret_cast<ProtobufCMessage* const*>(at)[index]);
      case PROTOBUF_C_TYPE_STRING: {
        const char* text = reinterpret_cast<char* const*>(at)[index];
        return text && *text ? quote_literal(text) : std::string();
      }
      case PROTOBUF_C_TYPE_INT64:
      case PROTOBUF_C_TYPE_UINT64:
        return std::to_string(reinterpret_cast<const std::int64_t*>(at)[index]);
      case PROTOBUF_C_TYPE_BOOL:
        return reinterpret_cast<const protobuf_c_boolean*>(at)[index] ? "1" : "0";
      default:
        return std::to_string(reinterpret_cast<const std::int32_t*>(at)[index]);
    }
  }

  const ExpressionContext& context_;
};

void collect_columns(const ProtobufCMessage* message, std::set<std::string>& columns) {
  if (!message) return;
  if (message->descriptor == &pg_query__column_ref__descriptor) {
    const auto* reference = reinterpret_cast<const PgQuery__ColumnRef*>(message);
    std::string_view name = string_of(reference->fields[reference->n_fields - 1]);
    if (!name.empty()) columns.emplace(name);
    return;
  }
  for (unsigned i = 0; i < message->descriptor->n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = message->descriptor->fields[i];
    if (field.type != PROTOBUF_C_TYPE_MESSAGE) continue;
    const char* base = reinterpret_cast<const char*>(message);
    if (field.label == PROTOBUF_C_LABEL_REPEATED) {
      std::size_t count = *reinterpret_cast<const std::size_t*>(base + field.quantifier_offset);
      auto* const* elements = *reinterpret_cast<ProtobufCMessage** const*>(base + field.offset);
      for (std::size_t j = 0; j < count; ++j) collect_columns(elements[j], columns);
    } else {
      if ((field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
          *reinterpret_cast<const unsigned*>(base + field.quantifier_offset) != field.id)
        continue;
      collect_columns(*reinterpret_cast<ProtobufCMessage* const*>(base + field.offset), columns);
    }
  }
}

}  // namespace

std::string normal_of(const PgQuery__Node& node, const ExpressionContext& context) {
  Renderer renderer(context);
  std::string normal = renderer.render(&node);
  // A default's literal takes its column's type, with or without a cast that says so.
  if (!context.assigned_to.empty() && normal.size() >= 2 && normal.front() == '\'')
    normal = canonical_literal(unquote_literal(normal), std::string(context.assigned_to));
  return normal;
}

std::string normal_of_query(const PgQuery__Node& node, bool& decided) {
  ExpressionContext context;
  Renderer renderer(context);
  renderer.query_mode = true;
  std::string normal = renderer.render(&node);
  decided = renderer.decided;
  return normal;
}

Expression expression_from(const PgQuery__Node& node, std::string text,
                           const ExpressionContext& context) {
  Expression expression;
  expression.text = std::move(text);
  expression.normal = normal_of(node, context);
  return expression;
}

std::vector<std::string> columns_of(const PgQuery__Node& node) {
  std::set<std::string> columns;
  collect_columns(&node.base, columns);
  return {columns.begin(), columns.end()};
}

std::optional<AllowedValues> allowed_values_of(const PgQuery__Node& node) {
  ExpressionContext context;
  // Normal forms of membership are `in(column, ['a', 'b'])` and, of one value, `(column = 'a')`.
  std::string normal = normal_of(node, context);
  std::vector<std::string> columns = columns_of(node);
  if (columns.size() != 1) return std::nullopt;
  AllowedValues allowed{columns.front(), {}};
  std::string column = quote_identifier(allowed.column);
  std::string many = "in(" + column + ", [";
  std::string one = "(" + column + " = ";
  std::string_view values;
  if (normal.starts_with(many))
    values = std::string_view(normal).substr(many.size(), normal.size() - many.size() - 2);
  else if (normal.starts_with(one))
    values = std::string_view(normal).substr(one.size(), normal.size() - one.size() - 1);
  else
    return std::nullopt;
  if (!split_literals(values, allowed.values)) return std::nullopt;
  return allowed;
}

}  // namespace schemaudit
