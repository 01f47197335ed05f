// The part of the renderer that is logic: comparisons, membership, AND, OR and NOT.

#include <algorithm>

#include "analyzer/sql/expression_renderer.h"
#include "analyzer/sql/literal.h"

namespace schemaudit {

namespace {

std::string operator_name(const PgQuery__AExpr& expression) {
  return std::string(expression.n_name > 0 ? string_of(expression.name[expression.n_name - 1])
                                           : std::string_view());
}

bool is_order_or_equality(std::string_view op) {
  return op == "=" || op == "<>" || op == "<" || op == ">" || op == "<=" || op == ">=";
}

bool is_match(std::string_view op) {
  return op == "~~" || op == "!~~" || op == "~~*" || op == "!~~*" || op == "~" || op == "!~" ||
         op == "~*" || op == "!~*";
}

bool is_null_constant(const PgQuery__Node& node) {
  return node.node_case == PG_QUERY__NODE__NODE_A_CONST && node.a_const->isnull;
}

const PgQuery__RowExpr* row_of(const PgQuery__Node* node) {
  return node && node->node_case == PG_QUERY__NODE__NODE_ROW_EXPR ? node->row_expr : nullptr;
}

bool reads_columns(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_A_CONST:
      return false;
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      return true;
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return reads_columns(*node.type_cast->arg);
    default:
      return !columns_of(node).empty();
  }
}

/// A pair of operand types is chosen alike where what is not known could be anything.
bool unknown_pair(TypeId a, TypeId b) {
  return a == kNoType || b == kNoType;
}

}  // namespace

bool Renderer::is_condition(const PgQuery__Node& node) const {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
    case PG_QUERY__NODE__NODE_NULL_TEST:
      return true;
    case PG_QUERY__NODE__NODE_A_EXPR:
      switch (node.a_expr->kind) {
        case PG_QUERY__A__EXPR__KIND__AEXPR_OP: {
          std::string op = operator_name(*node.a_expr);
          return node.a_expr->lexpr && (is_order_or_equality(op) || is_match(op));
        }
        case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
          return false;
        default:
          return true;
      }
    default:
      return false;
  }
}

Condition Renderer::condition(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
      return bool_expression(*node.bool_expr);
    case PG_QUERY__NODE__NODE_NULL_TEST:
      return null_test(*node.null_test);
    case PG_QUERY__NODE__NODE_A_EXPR:
      if (is_condition(node)) return operation(*node.a_expr);
      break;
    default:
      break;
  }
  return Condition::plain(coerced(value(node), kBoolean, decided).short_form());
}

Condition Renderer::bool_expression(const PgQuery__BoolExpr& expression) {
  if (expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR)
    return negate(condition(*expression.args[0]));
  bool conjunction = expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
  std::vector<Condition> parts;
  parts.reserve(expression.n_args);
  for (std::size_t i = 0; i < expression.n_args; ++i)
    parts.push_back(condition(*expression.args[i]));
  return combine(conjunction, std::move(parts));
}

Condition Renderer::null_test(const PgQuery__NullTest& test) {
  bool is_null = test.nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL;
  // A row is null where all its fields are, and not null where none is: NOT does not turn the
  // one into the other.
  if (row_of(test.arg))
    return Condition::plain((is_null ? "rownull(" : "rownotnull(") + render(test.arg) + ")");
  return {Condition::Kind::comparison, render(test.arg), is_null ? "isnull" : "notnull", {""}, {}};
}

Condition Renderer::operation(const PgQuery__AExpr& expression) {
  const std::string op = operator_name(expression);
  switch (expression.kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR:
      return compare_nodes(op, *expression.lexpr, *expression.rexpr);
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
      return in_list(expression, op == "=");
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
      return any_or_all(expression, op, true);
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
      return any_or_all(expression, op, false);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
      return between(expression);
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT: {
      bool distinct = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT;
      for (bool left : {true, false}) {
        if (!is_null_constant(left ? *expression.lexpr : *expression.rexpr)) continue;
        return {Condition::Kind::comparison,
                render(left ? expression.rexpr : expression.lexpr),
                distinct ? "notnull" : "isnull",
                {""},
                {}};
      }
      return compare_nodes(distinct ? "distinct" : "notdistinct", *expression.lexpr,
                           *expression.rexpr);
    }
    default:
      return Condition::plain("op" + std::to_string(static_cast<int>(expression.kind)) + "(" + op +
                              ", " + render(expression.lexpr) + ", " + render(expression.rexpr) +
                              ")");
  }
}

Condition Renderer::compare_nodes(const std::string& op, const PgQuery__Node& left,
                                  const PgQuery__Node& right) {
  const PgQuery__RowExpr* left_row = row_of(&left);
  const PgQuery__RowExpr* right_row = row_of(&right);
  if (left_row && right_row && left_row->n_args == right_row->n_args)
    return compare_rows(op, *left_row, *right_row);
  Value a = value(left), b = value(right);
  if (op == "=" || op == "<>") {
    if (a.type == kBoolean && b.type == kUnknownLiteral) b = coerced(std::move(b), a.type, decided);
    if (b.type == kBoolean && a.type == kUnknownLiteral) a = coerced(std::move(a), b.type, decided);
    // A boolean compared with a constant is the boolean itself, or its negation; NULL stays.
    for (bool swap : {false, true}) {
      const Value& constant = swap ? a : b;
      const Value& tested = swap ? b : a;
      if (constant.text != "true" && constant.text != "false") continue;
      if (tested.type != kBoolean && tested.type != kNoType) continue;
      Condition inner = condition(swap ? right : left);
      return (constant.text == "true") == (op == "=") ? inner : negate(std::move(inner));
    }
  }
  return compare(op, std::move(a), std::move(b));
}

Condition Renderer::compare(const std::string& op, Value left, Value right) {
  const bool distinct = op == "distinct" || op == "notdistinct";
  const bool match = is_match(op);
  const std::string chosen_by = distinct ? "=" : op;
  // A domain over text is ordered as text, an enum by its labels' order: which of the two a
  // user's type is cannot be told here.
  if (op == "<" || op == ">" || op == "<=" || op == ">=") {
    auto of_user = [](const Value& value) {
      return value.from_user_type ||
             (value.type == kNoType && !value.type_name.empty() && !value.constant);
    };
    auto text_like = [](const Value& value) {
      return value.type == kUnknownLiteral || is_string_type(value.type);
    };
    if ((of_user(left) && text_like(right)) || (of_user(right) && text_like(left))) decided = false;
  }
  std::optional<ResolvedCall> call = resolve_operator(chosen_by, left.type, right.type);
  auto printed = [&](const std::string& name, std::string a, std::string b) -> Condition {
    return {Condition::Kind::comparison, std::move(a), name, {std::move(b)}, {}};
  };
  if (call) {
    left = coerced(std::move(left), call->arguments[0], decided);
    right = coerced(std::move(right), call->arguments[1], decided);
  }
  std::vector<std::string> texts;
  if (call) {
    texts = shortest_texts({left, right}, [&](const std::vector<TypeId>& types) {
      if (unknown_pair(types[0], types[1])) return true;
      std::optional<ResolvedCall> again = resolve_operator(chosen_by, types[0], types[1]);
      return again && again->same_arguments(*call);
    });
  } else {
    texts = {left.constant && !left.bare.empty() ? left.bare : left.short_form(),
             right.constant && !right.bare.empty() ? right.bare : right.short_form()};
  }
  if (match) return printed(op, std::move(texts[0]), std::move(texts[1]));
  if (distinct) {
    if (texts[1] < texts[0]) std::swap(texts[0], texts[1]);
    return printed(op, std::move(texts[0]), std::move(texts[1]));
  }
  return comparison(op, std::move(texts[0]), std::move(texts[1]));
}

/// make_row_comparison_op(): = and <> of rows are AND and OR of those of their fields.
Condition Renderer::compare_rows(const std::string& op, const PgQuery__RowExpr& left,
                                 const PgQuery__RowExpr& right) {
  if (op == "=" || op == "<>" || op == "distinct" || op == "notdistinct") {
    std::vector<Condition> parts;
    for (std::size_t i = 0; i < left.n_args; ++i)
      parts.push_back(compare_nodes(op, *left.args[i], *right.args[i]));
    return combine(op == "=" || op == "notdistinct", std::move(parts));
  }
  std::string a, b;
  for (std::size_t i = 0; i < left.n_args; ++i) {
    Condition field = compare(op, value(*left.args[i]), value(*right.args[i]));
    // The field's comparison may have been turned round.
    bool turned = field.op != op;
    a += (i > 0 ? ", " : "") + (turned ? field.values[0] : field.left);
    b += (i > 0 ? ", " : "") + (turned ? field.left : field.values[0]);
  }
  return Condition::plain("(row(" + a + ") " + op + " row(" + b + "))");
}

Condition Renderer::between(const PgQuery__AExpr& expression) {
  const PgQuery__List& bounds = *expression.rexpr->list;
  auto range = [&](bool inside, std::size_t from, std::size_t to) {
    std::vector<Condition> parts;
    parts.push_back(compare_nodes(inside ? ">=" : "<", *expression.lexpr, *bounds.items[from]));
    parts.push_back(compare_nodes(inside ? "<=" : ">", *expression.lexpr, *bounds.items[to]));
    return combine(inside, std::move(parts));
  };
  switch (expression.kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
      return range(true, 0, 1);
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
      return range(false, 0, 1);
    default: {
      bool inside = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM;
      std::vector<Condition> both;
      both.push_back(range(inside, 0, 1));
      both.push_back(range(inside, 1, 0));
      return combine(!inside, std::move(both));
    }
  }
}

/// transformAExprIn(): what reads no column becomes an array, the rest comparisons.
Condition Renderer::in_list(const PgQuery__AExpr& expression, bool in) {
  const PgQuery__Node& list = *expression.rexpr;
  if (list.node_case != PG_QUERY__NODE__NODE_LIST)
    return Condition::plain((in ? "in(" : "notin(") + render(expression.lexpr) + ", " +
                            render(&list) + ")");
  const std::string op = in ? "=" : "<>";
  std::vector<Condition> parts;
  std::vector<const PgQuery__Node*> constants;
  const bool rows = row_of(expression.lexpr) != nullptr;
  for (std::size_t i = 0; i < list.list->n_items; ++i) {
    const PgQuery__Node& item = *list.list->items[i];
    if (rows || reads_columns(item))
      parts.push_back(compare_nodes(op, *expression.lexpr, item));
    else
      constants.push_back(&item);
  }
  if (constants.size() == 1) {
    parts.push_back(compare_nodes(op, *expression.lexpr, *constants.front()));
  } else if (!constants.empty()) {
    std::vector<Value> values;
    for (const PgQuery__Node* item : constants) values.push_back(value(*item));
    Value left = value(*expression.lexpr);
    std::vector<TypeId> types = {left.type};
    for (const Value& item : values) types.push_back(item.type);
    TypeId scalar = common_type(types);
    parts.push_back(among(std::move(left), in, std::move(values), scalar));
  }
  return combine(!in, std::move(parts));
}

/// `scalar` is the element type of the array that the values make; kNoType: not known.
Condition Renderer::among(Value left, bool in, std::vector<Value> values, TypeId scalar) {
  const char* op = in ? "=" : "<>";
  std::optional<ResolvedCall> call = resolve_operator(op, left.type, scalar);
  std::vector<std::string> texts;
  auto untyped = [](const Value& value) {
    return value.constant && !value.bare.empty() ? value.bare : value.short_form();
  };
  std::string subject;
  if (!call) {
    subject = untyped(left);
    for (Value& value : values) texts.push_back(untyped(coerced(value, scalar, decided)));
    return membership(std::move(subject), in, std::move(texts));
  }
  left = coerced(std::move(left), call->arguments[0], decided);
  bool known = true;
  std::vector<TypeId> types = {left.short_type()};
  for (Value& value : values) {
    value = coerced(coerced(std::move(value), scalar, decided), call->arguments[1], decided);
    types.push_back(value.short_type());
    known = known && value.short_type() != kNoType;
  }
  known = known && types[0] != kNoType;
  // The list without any casts, as IN would take it.
  bool same = !known;
  if (known) {
    std::optional<ResolvedCall> again = values.size() == 1
                                            ? resolve_operator(op, types[0], types[1])
                                            : resolve_operator(op, types[0], common_type(types));
    same = again && again->same_arguments(*call);
  }
  subject = same ? left.short_form() : left.full();
  for (const Value& value : values) texts.push_back(same ? value.short_form() : value.full());
  return membership(std::move(subject), in, std::move(texts));
}

/// The elements of ARRAY[...] or of an array literal, below any casts.
bool Renderer::array_values(const PgQuery__Node& node, std::vector<Value>& found, TypeId& element) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR: {
      const PgQuery__AArrayExpr& array = *node.a_array_expr;
      for (std::size_t i = 0; i < array.n_elements; ++i) {
        if (array.elements[i]->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR) return false;
        found.push_back(value(*array.elements[i]));
      }
      std::vector<TypeId> types;
      for (const Value& item : found) types.push_back(item.type);
      element = common_type(types);
      if (element != kNoType)
        for (Value& item : found) item = coerced(std::move(item), element, decided);
      return true;
    }
    case PG_QUERY__NODE__NODE_TYPE_CAST: {
      std::string type = value_type_normal(*node.type_cast->type_name);
      if (!type.ends_with("[]")) return false;
      type.resize(type.size() - 2);
      const PgQuery__Node* below = node.type_cast->arg;
      const bool direct = below->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR;
      if (direct) {
        // The cast of ARRAY[...] is one of each element as it was written.
        const PgQuery__AArrayExpr& array = *below->a_array_expr;
        for (std::size_t i = 0; i < array.n_elements; ++i) {
          if (array.elements[i]->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR) return false;
          found.push_back(value(*array.elements[i]));
        }
      } else if (TypeId ignored = kNoType; !array_values(*below, found, ignored)) {
        return false;
      }
      for (Value& item : found) item = cast_to(std::move(item), type, query_mode, decided);
      element = builtin_type(type);
      return true;
    }
    case PG_QUERY__NODE__NODE_A_CONST: {
      if (node.a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL || node.a_const->isnull)
        return false;
      std::optional<std::vector<std::string>> elements =
          array_literal_elements(node.a_const->sval->sval);
      if (!elements) return false;
      for (const std::string& text : *elements) found.push_back(literal_value(text));
      element = kUnknownLiteral;
      return true;
    }
    default:
      return false;
  }
}

Condition Renderer::any_or_all(const PgQuery__AExpr& expression, const std::string& op, bool any) {
  const PgQuery__Node& list = *expression.rexpr;
  std::vector<Value> values;
  TypeId element = kNoType;
  bool spread = array_values(list, values, element);
  if (spread && ((any && op == "=") || (!any && op == "<>")) && !values.empty()) {
    // What reads columns is compared one by one, as in the list of an IN.
    return among(value(*expression.lexpr), any, std::move(values), element);
  }
  Value left = value(*expression.lexpr);
  const std::string words = " " + op + (any ? " any " : " all ");
  if (!spread) {
    Value right = value(list);
    std::optional<ResolvedCall> call = resolve_operator(op, left.type, element_of(right.type));
    std::string text = left.short_form();
    if (call) {
      left = coerced(std::move(left), call->arguments[0], decided);
      text = shortest_texts({left}, [&](const std::vector<TypeId>& types) {
        if (types[0] == kNoType) return true;
        std::optional<ResolvedCall> again = resolve_operator(op, types[0], element_of(right.type));
        return again && again->same_arguments(*call);
      })[0];
    }
    return Condition::plain("(" + text + words + right.short_form() + ")");
  }
  std::optional<ResolvedCall> call = resolve_operator(op, left.type, element);
  if (call) {
    left = coerced(std::move(left), call->arguments[0], decided);
    for (Value& item : values) item = coerced(std::move(item), call->arguments[1], decided);
  }
  std::string text = "(" + left.short_form() + words + "[";
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) text += ", ";
    const Value& item = values[i];
    bool literal = item.implicit && item.bare_type == kUnknownLiteral;
    text += !call || literal ? item.short_form() : item.full();
  }
  return Condition::plain(text + "])");
}

}  // namespace schemaudit
