#include "analyzer/sql/expression_renderer.h"

#include <algorithm>

#include "analyzer/sql/literal.h"
#include "analyzer/sql/tree_text.h"

namespace schemaudit {

namespace {

std::string untyped(const Value& value) {
  return value.constant && !value.bare.empty() ? value.bare : value.short_form();
}

bool commutes(std::string_view op) {
  return op == "+" || op == "*";
}

bool is_unknown(const std::vector<TypeId>& types) {
  return std::find(types.begin(), types.end(), kNoType) != types.end();
}

/// The name PostgreSQL gives a column of a query that has no alias (FigureColname()).
std::string own_name(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      return quote_identifier(string_of(node.column_ref->fields[node.column_ref->n_fields - 1]));
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return quote_identifier(name_of(node.func_call->n_funcname, node.func_call->funcname).name);
    case PG_QUERY__NODE__NODE_TYPE_CAST: {
      std::string inner = own_name(*node.type_cast->arg);
      if (!inner.empty()) return inner;
      const PgQuery__TypeName& type = *node.type_cast->type_name;
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

/// The type that a literal gets where it is assigned: the elements of an array have their length
/// and precision applied as it is read, and its type does not tell of them.
std::string as_literal_type(std::string_view assigned_to) {
  std::string type(assigned_to);
  const std::size_t open = type.find('('), close = type.find(')');
  if (!type.ends_with("[]") || open == std::string::npos || close == std::string::npos) return type;
  return type.erase(open, close - open + 1);
}

}  // namespace

std::string Renderer::root(const PgQuery__Node& node) {
  if (is_condition(node)) return print(condition(node));
  Value whole = value(node);
  const TypeId to = builtin_type(context_.assigned_to);
  if (to == kNoType || to == whole.type) return untyped(whole);
  if (whole.type == kUnknownLiteral && whole.constant)
    return untyped(
        cast_to(std::move(whole), as_literal_type(context_.assigned_to), false, decided));
  // A number or text takes any length and precision; another literal keeps the type it says.
  if (whole.constant && whole.implicit && whole.bare_type == kUnknownLiteral &&
      !is_string_type(whole.type))
    return whole.full();
  return untyped(whole);
}

std::string Renderer::render(const PgQuery__Node* node) {
  if (!node) return {};
  if (is_condition(*node)) return print(condition(*node));
  return untyped(value(*node));
}

Value Renderer::value(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_A_CONST:
      return constant(*node.a_const);
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      return column(*node.column_ref);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return cast(*node.type_cast);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return call(*node.func_call);
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      return sql_value(*node.sqlvalue_function);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      return alike("coalesce", node.coalesce_expr->n_args, node.coalesce_expr->args);
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
      return alike(
          node.min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least",
          node.min_max_expr->n_args, node.min_max_expr->args);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
      return case_expression(*node.case_expr);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      return array(*node.a_array_expr);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE: {
      Value inner = value(*node.collate_clause->arg);
      if (inner.type == kUnknownLiteral) inner = coerced(std::move(inner), kText, decided);
      inner.collation = quote_identifier(
          name_of(node.collate_clause->n_collname, node.collate_clause->collname).name);
      return inner;
    }
    case PG_QUERY__NODE__NODE_ROW_EXPR:
      return plain_value("row(" + list(node.row_expr->n_args, node.row_expr->args) + ")", kRecord);
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
      return indirection(*node.a_indirection);
    case PG_QUERY__NODE__NODE_SUB_LINK:
      return sub_link(node);
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
      return plain_value(message(node), kBoolean);
    case PG_QUERY__NODE__NODE_A_EXPR: {
      if (is_condition(node)) break;
      const PgQuery__AExpr& expression = *node.a_expr;
      if (expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF) return null_if(expression);
      std::string op(string_of(expression.name[expression.n_name - 1]));
      return expression.lexpr ? arithmetic(op, expression) : prefix(op, *expression.rexpr);
    }
    default:
      break;
  }
  if (is_condition(node)) return plain_value(print(condition(node)), kBoolean);
  return other(node);
}

std::vector<Value> Renderer::values(std::size_t count, Nodes nodes) {
  std::vector<Value> found;
  found.reserve(count);
  for (std::size_t i = 0; i < count; ++i) found.push_back(value(*nodes[i]));
  return found;
}

std::string Renderer::list(std::size_t count, Nodes nodes) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ", ";
    text += render(nodes[i]);
  }
  return text;
}

Value Renderer::constant(const PgQuery__AConst& constant) {
  if (constant.isnull) return null_value();
  switch (constant.val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
      return number_value(std::to_string(constant.ival->ival));
    case PG_QUERY__A__CONST__VAL_FVAL:
      return number_value(constant.fval->fval);
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
      return boolean_value(constant.boolval->boolval);
    case PG_QUERY__A__CONST__VAL_SVAL:
      return literal_value(constant.sval->sval);
    case PG_QUERY__A__CONST__VAL_BSVAL: {
      // `b101` or `x1F`, which are one value.
      std::string_view digits = constant.bsval->bsval;
      std::string bits;
      bool hexadecimal = digits.starts_with('x') || digits.starts_with('X');
      digits.remove_prefix(digits.empty() ? 0 : 1);
      for (char c : digits) {
        if (!hexadecimal) {
          bits += c;
          continue;
        }
        int nibble = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
        for (int bit = 3; bit >= 0; --bit) bits += (nibble >> bit & 1) != 0 ? '1' : '0';
      }
      return cast_to(literal_value(bits), "\"bit\"", false, decided);
    }
    default:
      return number_value("0");
  }
}

Value Renderer::column(const PgQuery__ColumnRef& reference) {
  const PgQuery__Node* last = reference.fields[reference.n_fields - 1];
  if (last->node_case == PG_QUERY__NODE__NODE_A_STAR) {
    decided = false;
    return plain_value("*", kNoType);
  }
  std::string_view name = string_of(last);
  Value value = plain_value(quote_identifier(name), kNoType);
  if (!types_known_ || !context_.types) return value;
  std::string_view type = context_.types(name);
  if (type.empty()) return value;
  value.type = builtin_type(type);
  if (value.type == kNoType || type != builtin_type_name(value.type)) value.type_name = type;
  return value;
}

Value Renderer::cast(const PgQuery__TypeCast& cast) {
  std::string type = value_type_normal(*cast.type_name);
  const PgQuery__Node& argument = *cast.arg;
  if (argument.node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR && type.ends_with("[]")) {
    // transformTypeCast(): the cast of ARRAY[...] is one of each element.
    const PgQuery__AArrayExpr& array = *argument.a_array_expr;
    const TypeId id = builtin_type(type);
    if (array.n_elements == 0) {
      Value empty = plain_value("'{}'", id);
      if (id == kNoType) empty.type_name = type;
      return empty;
    }
    std::string element = type.substr(0, type.size() - 2);
    std::vector<Value> elements;
    bool nested = false;
    for (std::size_t i = 0; i < array.n_elements; ++i) {
      nested = nested || array.elements[i]->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR;
      elements.push_back(cast_to(value(*array.elements[i]), element, query_mode, decided));
    }
    if (!nested) {
      std::vector<std::string> texts;
      make_alike(elements, texts);
      Value whole = plain_value("array[" + join(texts) + "]", id);
      if (id == kNoType) whole.type_name = type;
      return whole;
    }
  }
  const bool trusting = query_mode || !types_known_ || !context_.types;
  Value inner = value(argument);
  if (inner.type == kNoType && !query_mode && trusting &&
      argument.node_case != PG_QUERY__NODE__NODE_COLUMN_REF && inner.type_name.empty() &&
      !is_string_type(builtin_type(type)))
    return cast_to(std::move(inner), type, false, decided);
  if (query_mode && inner.type == kNoType && inner.type_name.empty()) {
    inner.type = builtin_type(type);
    return inner;
  }
  return cast_to(std::move(inner), type, trusting, decided);
}

Value Renderer::array(const PgQuery__AArrayExpr& array) {
  if (array.n_elements == 0) return plain_value("'{}'", kNoType);
  std::vector<Value> elements = values(array.n_elements, array.elements);
  std::vector<std::string> texts;
  TypeId element = make_alike(elements, texts);
  bool nested = type_category(element) == 'A';
  return plain_value("array[" + join(texts) + "]", nested ? element : array_of(element));
}

TypeId Renderer::make_alike(std::vector<Value>& branches, std::vector<std::string>& texts) {
  std::vector<TypeId> types;
  for (const Value& branch : branches) types.push_back(branch.type);
  const TypeId common = common_type(types);
  if (common == kNoType) {
    for (const Value& branch : branches) texts.push_back(untyped(branch));
    return common;
  }
  for (Value& branch : branches) branch = coerced(std::move(branch), common, decided);
  texts = shortest_texts(branches, [&](const std::vector<TypeId>& bare) {
    return is_unknown(bare) || common_type(bare) == common;
  });
  return common;
}

Value Renderer::alike(const char* name, std::size_t count, Nodes nodes) {
  std::vector<Value> branches = values(count, nodes);
  std::string type_name = branches.empty() ? std::string() : branches.front().type_name;
  for (const Value& branch : branches)
    if (branch.type_name != type_name) type_name.clear();
  std::vector<std::string> texts;
  TypeId type = make_alike(branches, texts);
  Value whole = plain_value(std::string(name) + "(" + join(texts) + ")", type);
  whole.type_name = std::move(type_name);
  return whole;
}

Value Renderer::case_expression(const PgQuery__CaseExpr& expression) {
  std::string text = "case(";
  Value subject;
  if (expression.arg) {
    subject = value(*expression.arg);
    if (subject.type == kUnknownLiteral) subject = coerced(std::move(subject), kText, decided);
    text += untyped(subject);
  }
  std::vector<Value> results;
  bool otherwise = expression.defresult != nullptr &&
                   !(expression.defresult->node_case == PG_QUERY__NODE__NODE_A_CONST &&
                     expression.defresult->a_const->isnull);
  // The server stores a missing ELSE as ELSE NULL.
  results.push_back(expression.defresult ? value(*expression.defresult) : null_value());
  for (std::size_t i = 0; i < expression.n_args; ++i)
    results.push_back(value(*expression.args[i]->case_when->result));
  std::string type_name = results.back().type_name;
  for (const Value& result : results)
    if (result.type_name != type_name && result.text != "null") type_name.clear();
  std::vector<std::string> texts;
  TypeId type = make_alike(results, texts);
  for (std::size_t i = 0; i < expression.n_args; ++i) {
    const PgQuery__CaseWhen& when = *expression.args[i]->case_when;
    text += " when ";
    if (expression.arg) {
      Value tested = value(*when.expr);
      std::optional<ResolvedCall> call = resolve_operator("=", subject.type, tested.type);
      if (call) {
        tested = coerced(std::move(tested), call->arguments[1], decided);
        text += shortest_texts({tested}, [&](const std::vector<TypeId>& types) {
          if (types[0] == kNoType) return true;
          std::optional<ResolvedCall> again = resolve_operator("=", subject.type, types[0]);
          return again && again->same_arguments(*call);
        })[0];
      } else {
        text += untyped(tested);
      }
    } else {
      text += render(when.expr);
    }
    text += " then " + texts[i + 1];
  }
  if (otherwise && texts[0] != "null") text += " else " + texts[0];
  Value whole = plain_value(text + ")", type);
  whole.type_name = std::move(type_name);
  return whole;
}

Value Renderer::null_if(const PgQuery__AExpr& expression) {
  Value left = value(*expression.lexpr), right = value(*expression.rexpr);
  std::optional<ResolvedCall> call = resolve_operator("=", left.type, right.type);
  if (!call) {
    Value whole = plain_value("nullif(" + untyped(left) + ", " + untyped(right) + ")", left.type);
    whole.type_name = left.type_name;
    return whole;
  }
  std::string type_name = left.type == call->arguments[0] ? left.type_name : std::string();
  left = coerced(std::move(left), call->arguments[0], decided);
  right = coerced(std::move(right), call->arguments[1], decided);
  std::vector<std::string> texts =
      shortest_texts({left, right}, [&](const std::vector<TypeId>& types) {
        if (is_unknown(types)) return true;
        std::optional<ResolvedCall> again = resolve_operator("=", types[0], types[1]);
        return again && again->same_arguments(*call);
      });
  Value whole = plain_value("nullif(" + texts[0] + ", " + texts[1] + ")", left.type);
  whole.type_name = std::move(type_name);
  return whole;
}

Value Renderer::arithmetic(const std::string& op, const PgQuery__AExpr& expression) {
  Value left = value(*expression.lexpr), right = value(*expression.rexpr);
  if (op == "||") {
    // A number's zeros show in its text.
    for (Value* side : {&left, &right})
      if (side->is_number() && side->raw != side->bare) side->text = side->bare = side->raw;
  }
  std::optional<ResolvedCall> call = resolve_operator(op, left.type, right.type);
  auto printed = [&](std::string a, std::string b, TypeId type) {
    return plain_value("(" + a + " " + op + " " + b + ")", type);
  };
  if (!call) {
    // 1 / x is not 1.0 / x. In a query, where the columns' types are not known, the server may
    // have said so by itself.
    bool division = op == "/" || op == "%";
    if (division && query_mode && (left.implicit || right.implicit)) decided = false;
    auto shown = [&](const Value& side) {
      return division && side.constant ? side.full() : untyped(side);
    };
    return printed(shown(left), shown(right), kNoType);
  }
  left = coerced(std::move(left), call->arguments[0], decided);
  right = coerced(std::move(right), call->arguments[1], decided);
  std::vector<std::string> texts =
      shortest_texts({left, right}, [&](const std::vector<TypeId>& types) {
        if (is_unknown(types)) return true;
        std::optional<ResolvedCall> again = resolve_operator(op, types[0], types[1]);
        return again && again->same_arguments(*call);
      });
  // What is below a user's type cannot be told where the catalog is not at hand: no order then.
  const bool typed = left.short_type() != kNoType && right.short_type() != kNoType;
  if (typed && commutes(op) && is_numeric_type(left.type) && is_numeric_type(right.type) &&
      texts[1] < texts[0])
    std::swap(texts[0], texts[1]);
  return printed(std::move(texts[0]), std::move(texts[1]), call->result);
}

Value Renderer::prefix(const std::string& op, const PgQuery__Node& operand) {
  Value inner = value(operand);
  if (op == "-" && inner.is_number() && !inner.raw.starts_with('-'))
    return number_value("-" + inner.raw, inner.type);
  if (op == "+") return inner;
  std::optional<ResolvedCall> call = resolve_prefix_operator(op, inner.type);
  if (!call) return plain_value("(" + op + " " + untyped(inner) + ")", kNoType);
  inner = coerced(std::move(inner), call->arguments[0], decided);
  return plain_value("(" + op + " " + untyped(inner) + ")", call->result);
}

Value Renderer::call(const PgQuery__FuncCall& call) {
  QualifiedName name = name_of(call.n_funcname, call.funcname);
  const bool builtin = name.schema.empty() || name.schema == "pg_catalog";
  if (builtin && name.name == "transaction_timestamp") name.name = "now";
  // date('2025-01-01') is a cast.
  if (builtin && call.n_args == 1 && !call.agg_star && builtin_type(name.name) != kNoType) {
    Value only = value(*call.args[0]);
    if (only.type == kUnknownLiteral && only.constant)
      return cast_to(std::move(only), name.name, false, decided);
  }
  std::vector<Value> arguments;
  bool variadic = call.func_variadic, named = false;
  std::size_t count = call.n_args;
  if (variadic && count > 0) {
    TypeId element = kNoType;
    std::vector<Value> spread;
    if (array_values(*call.args[count - 1], spread, element)) {
      arguments = values(count - 1, call.args);
      for (Value& item : spread) {
        if (element == kUnknownLiteral) item = coerced(std::move(item), kText, decided);
        arguments.push_back(std::move(item));
      }
      variadic = false;
    }
  }
  if (arguments.empty()) arguments = values(count, call.args);
  // The form of Unicode is a word, which PostgreSQL 13 stored in small letters.
  if (builtin && (name.name == "normalize" || name.name == "is_normalized") &&
      arguments.size() == 2 && arguments[1].constant) {
    std::string form = arguments[1].raw;
    for (char& c : form)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    arguments[1] = literal_value(form);
  }
  // What makes text of a number shows its zeros: concat(1.50).
  const bool shows_zeros = name.name.starts_with("concat") || name.name == "format" ||
                           name.name.starts_with("json") || name.name.starts_with("to_json");
  for (Value& argument : arguments)
    if (shows_zeros && argument.is_number() && argument.type == kNumeric &&
        argument.raw.find_first_of("eE_") == std::string::npos && argument.raw != argument.bare)
      argument = plain_value(argument.raw, kNumeric);
  for (std::size_t i = 0; i < call.n_args; ++i)
    named = named || call.args[i]->node_case == PG_QUERY__NODE__NODE_NAMED_ARG_EXPR;

  std::vector<TypeId> types;
  for (const Value& argument : arguments) types.push_back(argument.type);
  std::optional<ResolvedCall> chosen;
  if (builtin && !named && !variadic && !call.agg_within_group)
    chosen = resolve_function(name.name, types);
  std::vector<std::string> texts;
  if (chosen) {
    for (std::size_t i = 0; i < arguments.size(); ++i)
      arguments[i] = coerced(std::move(arguments[i]), chosen->arguments[i], decided);
    texts = shortest_texts(arguments, [&](const std::vector<TypeId>& bare) {
      if (is_unknown(bare)) return true;
      std::optional<ResolvedCall> again = resolve_function(name.name, bare);
      return again && again->same_arguments(*chosen);
    });
  } else {
    for (const Value& argument : arguments) texts.push_back(untyped(argument));
  }

  std::string text = quote_identifier(name.name) + "(";
  if (call.agg_distinct) text += "distinct ";
  if (call.agg_star) text += "*";
  if (variadic) text += "variadic ";
  text += join(texts);
  if (call.n_agg_order > 0) text += " order " + list(call.n_agg_order, call.agg_order);
  text += ")";
  if (call.agg_within_group) text += " within";
  if (call.agg_filter) text += " filter(" + render(call.agg_filter) + ")";
  if (call.over)
    text += " over(" +
            tree_text(call.over->base, [&](const PgQuery__Node& node) { return render(&node); }) +
            ")";
  TypeId result = kNoType;
  if (chosen)
    result = chosen->returns_set ? kNoType : chosen->result;
  else if (builtin)
    result = result_of_every(name.name);
  return plain_value(std::move(text), result);
}

Value Renderer::sql_value(const PgQuery__SQLValueFunction& function) {
  const std::string precision = "(" + std::to_string(function.typmod) + ")";
  auto timed = [&](std::string text, TypeId type, bool precise) {
    Value value = plain_value(precise ? text + precision : text, type);
    if (precise) {
      value.type_name = builtin_type_name(type);
      value.type_name.insert(value.type_name.find(' '), precision);
    }
    return value;
  };
  constexpr TypeId kTime = 1083, kTimeTz = 1266;
  switch (function.op) {
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE:
      return plain_value("current_date", kDate);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME:
      return timed("current_time", kTimeTz, false);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N:
      return timed("current_time", kTimeTz, true);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
      return plain_value("now()", kTimestampTz);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
      return timed("current_timestamp", kTimestampTz, true);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME:
      return timed("localtime", kTime, false);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N:
      return timed("localtime", kTime, true);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
      return timed("localtimestamp", kTimestamp, false);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
      return timed("localtimestamp", kTimestamp, true);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER:
      return plain_value("current_user", kName);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER:
      return plain_value("session_user", kName);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG:
      return plain_value("current_catalog", kName);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA:
      return plain_value("current_schema", kName);
    default:
      return plain_value("value_function", kNoType);
  }
}

/// `tags[1]`, `data['a']`, `(address).city`.
Value Renderer::indirection(const PgQuery__AIndirection& indirection) {
  Value whole = value(*indirection.arg);
  TypeId type = whole.type;
  std::string text = untyped(whole);
  bool sliced = false, fields = false;
  for (std::size_t i = 0; i < indirection.n_indirection; ++i) {
    const PgQuery__Node& step = *indirection.indirection[i];
    if (step.node_case != PG_QUERY__NODE__NODE_A_INDICES) {
      fields = true;
      text += ".";
      text += step.node_case == PG_QUERY__NODE__NODE_STRING ? quote_identifier(string_of(&step))
                                                            : message(step);
      continue;
    }
    sliced = sliced || step.a_indices->is_slice;
    text += "[" + render(step.a_indices->lidx);
    if (step.a_indices->is_slice) text += ":";
    text += render(step.a_indices->uidx) + "]";
  }
  if (fields)
    type = kNoType;
  else if (type_category(type) == 'A' && !sliced)
    type = element_of(type);
  else if (type != kJsonb && !sliced)
    type = kNoType;
  return plain_value("(" + text + ")", type);
}

Value Renderer::sub_link(const PgQuery__Node& node) {
  const bool known = types_known_, querying = query_mode;
  // Its columns are those of tables that are not at hand.
  types_known_ = false;
  query_mode = true;
  std::string text = message(node);
  types_known_ = known;
  query_mode = querying;
  bool exists = node.sub_link->sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK &&
                node.sub_link->sub_link_type != PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK;
  return plain_value(std::move(text), exists ? kBoolean : kNoType);
}

std::string Renderer::result_target(const PgQuery__ResTarget& target) {
  std::string shown = render(target.val);
  std::string name = target.name && *target.name ? quote_identifier(target.name) : "";
  // The server spells out the name that a column of a query gets by itself.
  if (name.empty() || name == shown || (target.val && name == own_name(*target.val))) return shown;
  return shown + " as " + name;
}

std::string Renderer::message(const PgQuery__Node& node) {
  return tree_text(message_of(node), [&](const PgQuery__Node& below) { return render(&below); });
}

Value Renderer::other(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_RES_TARGET:
      return plain_value(result_target(*node.res_target), kNoType);
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      return plain_value(
          "relation(" + quote_identifier(node.range_var->relname) +
              (node.range_var->alias ? " " + quote_identifier(node.range_var->alias->aliasname)
                                     : "") +
              ")",
          kNoType);
    case PG_QUERY__NODE__NODE_A_STAR:
      decided = false;
      return plain_value("*", kNoType);
    case PG_QUERY__NODE__NODE_STRING:
      return plain_value(node.string->sval, kNoType);
    default:
      return plain_value(message(node), kNoType);
  }
}

}  // namespace schemaudit
