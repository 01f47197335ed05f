#include "analyzer/sql/replay/operand_types.h"

#include <algorithm>
#include <deque>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/replay/coercion.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/types.h"
#include "analyzer/sql/tree_walk.h"

namespace schemaudit::replay {

namespace {

/// Types of larger parts are not asked for: each is read anew for every operator above it.
constexpr std::size_t kLargestPart = 40;

bool is_small(const PgQuery__Node& node) {
  std::size_t parts = 0;
  walk_tree(const_cast<PgQuery__Node&>(node).base,
            [&](ProtobufCMessage&) { return ++parts <= kLargestPart; });
  return parts <= kLargestPart;
}

/// Operators and casts that a statement or an extension brought.
bool has_own_operators(const Run& run) {
  if (run.session.has_own_casts || run.session.has_own_operators || run.session.has_unknown_objects)
    return true;
  bool found = false;
  run.catalog.for_each([&](const Object& object) {
    if (object.kind == Kind::extension && object.name != "plpgsql") found = true;
  });
  return found;
}

std::string shown(const std::string& type) {
  return type.empty() ? "unknown" : type;
}

bool is_comparison(std::string_view op) {
  return op == "=" || op == "<>" || op == "<" || op == ">" || op == "<=" || op == ">=";
}

bool is_literal(const PgQuery__Node& node) {
  return node.node_case == PG_QUERY__NODE__NODE_A_CONST && !node.a_const->isnull &&
         node.a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL;
}

/// The operators that a comparison is made of; each stands between its left side and one of
/// `parts`.
struct Comparison {
  std::vector<std::string> operators;
  std::vector<PgQuery__Node**> parts;
};

Comparison comparison_of(const PgQuery__AExpr& expression) {
  if (!expression.lexpr || !expression.rexpr) return {};
  auto& right = const_cast<PgQuery__AExpr&>(expression).rexpr;
  const std::string op(string_of(expression.name[expression.n_name - 1]));
  Comparison made;
  switch (expression.kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
      if (expression.n_name > 1) return {};
      [[fallthrough]];
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
      return {{op}, {&right}};
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
      made.operators = {op};
      break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
      made.operators = {">=", "<="};
      break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
      made.operators = {"<", ">"};
      break;
    default:
      return {};
  }
  if (right->node_case != PG_QUERY__NODE__NODE_LIST) return {};
  for (std::size_t i = 0; i < right->list->n_items; ++i)
    made.parts.push_back(&right->list->items[i]);
  return made;
}

class TypeReader {
 public:
  TypeReader(Run& run, const ColumnTypes& types) : run_(run), types_(types) {}

  /// Empty where it is not told, and of a literal; of a domain the type below it.
  std::string type_of(const PgQuery__Node& node) {
    if (node.node_case == PG_QUERY__NODE__NODE_ROW_EXPR || !is_small(node)) return {};
    std::string type = settled_type(node, types_);
    if (type.empty() || schemaudit::builtin_type(type) != kNoType) return type;
    return type_text(run_.catalog, base_type(run_, type));
  }

  bool is_of_domain(const PgQuery__Node& node) {
    const std::string type = is_small(node) ? settled_type(node, types_) : std::string();
    return !type.empty() && schemaudit::builtin_type(type) == kNoType;
  }

  bool is_enum(const PgQuery__Node& node) {
    const std::string type = type_of(node);
    if (type.empty() || schemaudit::builtin_type(type) != kNoType) return false;
    const TypeRef base = base_type(run_, type);
    const Object* object = run_.catalog.find(base.type);
    return object && object->kind == Kind::enum_type && !base.is_array;
  }

  /// kUnknownLiteral of a literal, kNoType where it is not told.
  TypeId id_of(const PgQuery__Node& node) {
    return is_literal(node) ? kUnknownLiteral : schemaudit::builtin_type(type_of(node));
  }

 protected:
  Run& run_;

 private:
  const ColumnTypes& types_;
};

class TypeCheck : public TypeReader {
 public:
  using TypeReader::TypeReader;

  void comparison(const PgQuery__AExpr& expression) {
    const Comparison made = comparison_of(expression);
    if (made.parts.empty()) return;
    const std::string left = type_of(*expression.lexpr);
    const bool left_is_enum = is_enum(*expression.lexpr);
    for (PgQuery__Node* const* part : made.parts)
      for (const std::string& op : made.operators) {
        const std::string right = type_of(**part);
        operands(op, left, right, expression.location);
        literal(op, *expression.lexpr, **part, expression.location);
        // An enum is compared with itself alone.
        if ((left_is_enum || is_enum(**part)) && is_comparison(op) && !left.empty() &&
            !right.empty() && left != right && !has_own())
          refuse("operator does not exist: " + left + " " + op + " " + right, expression.location);
      }
  }

  void cast(const PgQuery__TypeCast& cast) {
    if (!cast.arg || !cast.type_name) return;
    if (is_literal(*cast.arg))
      require_value(run_, *cast.arg, resolve_type(run_, *cast.type_name), cast.location);
    const std::string from = type_of(*cast.arg);
    const std::string to = value_type_normal(*cast.type_name);
    if (may_be_cast(schemaudit::builtin_type(from), schemaudit::builtin_type(to)) || has_own())
      return;
    refuse("cannot cast type " + from + " to " + to, cast.location);
  }

  void condition(const PgQuery__Node& node, const std::string& what) {
    const std::string type = type_of(node);
    const TypeId id = schemaudit::builtin_type(type);
    if (id == kNoType || id == kBoolean || has_own()) return;
    refuse("argument of " + what + " must be type boolean, not type " + type);
  }

 private:
  /// A literal beside a value has the type that the operator takes there.
  void literal(const std::string& op, const PgQuery__Node& left, const PgQuery__Node& right,
               int location) {
    const bool on_left = is_literal(left);
    if (on_left == is_literal(right)) return;
    const PgQuery__Node& value = on_left ? right : left;
    if (is_enum(value) && is_comparison(op))
      return require_value(run_, on_left ? left : right, base_type(run_, type_of(value)), location);
    const std::optional<ResolvedCall> call = resolve_operator(op, id_of(left), id_of(right));
    if (!call || call->arguments[on_left ? 0 : 1] == kNoType) return;
    require_value(
        run_, on_left ? left : right,
        replay::builtin_type(std::string(builtin_type_name(call->arguments[on_left ? 0 : 1]))),
        location);
  }

  void operands(const std::string& op, const std::string& left, const std::string& right,
                int location) {
    if (left.empty() && right.empty()) return;
    if (may_take_operands(op, schemaudit::builtin_type(left), schemaudit::builtin_type(right)) ||
        has_own())
      return;
    refuse("operator does not exist: " + shown(left) + " " + op + " " + shown(right), location);
  }

  /// Written out, everything may become text and come from it.
  static bool may_be_cast(TypeId from, TypeId to) {
    if (from == kNoType || to == kNoType || from == to || cast_context(from, to)) return true;
    if (type_category(from) == 'P' || type_category(to) == 'P' || type_category(from) == 'S' ||
        type_category(to) == 'S')
      return true;
    const TypeId element = element_of(from), wanted = element_of(to);
    return element != kNoType && wanted != kNoType && may_be_cast(element, wanted);
  }

  bool has_own() {
    if (!own_) own_ = has_own_operators(run_);
    return *own_;
  }

  std::optional<bool> own_;
};

class TypeWriter : public TypeReader {
 public:
  using TypeReader::TypeReader;

  void comparison(PgQuery__AExpr& expression) {
    const Comparison made = comparison_of(expression);
    if (made.parts.empty()) return;
    for (PgQuery__Node** part : made.parts) {
      write_enum(part, *expression.lexpr);
      write_enum(&expression.lexpr, **part);
    }
    const TypeId left = id_of(*expression.lexpr);
    std::vector<TypeId> rights;
    for (PgQuery__Node* const* part : made.parts) rights.push_back(id_of(**part));
    if (expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_IN) bring_together(left, rights);
    TypeId of_left = kNoType;
    bool one_left = true;
    for (std::size_t i = 0; i < made.parts.size(); ++i) {
      const std::string& op = made.operators[i < made.operators.size() ? i : 0];
      const std::optional<ResolvedCall> call = resolve_operator(op, left, rights[i]);
      if (!call) return;
      one_left = one_left && (i == 0 || of_left == call->arguments[0]);
      of_left = call->arguments[0];
      write(made.parts[i], id_of(**made.parts[i]), call->arguments[1]);
    }
    if (one_left) write(&expression.lexpr, left, of_left);
    if (expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_IN) write_array(expression);
  }

  void call(PgQuery__FuncCall& call) {
    const QualifiedName name = name_of(call.n_funcname, call.funcname);
    if (!name.schema.empty()) return;
    std::vector<TypeId> types;
    for (std::size_t i = 0; i < call.n_args; ++i) types.push_back(id_of(*call.args[i]));
    const std::optional<ResolvedCall> resolved = resolve_function(name.name, types);
    if (!resolved) return;
    for (std::size_t i = 0; i < call.n_args; ++i)
      write(&call.args[i], types[i], resolved->arguments[i]);
  }

 private:
  /// The values of IN become one array of one type, the left side's among them.
  static void bring_together(TypeId left, std::vector<TypeId>& rights) {
    std::vector<TypeId> all = rights;
    all.push_back(left);
    const TypeId common = common_type(all);
    if (common != kNoType && common != kUnknownLiteral)
      std::fill(rights.begin(), rights.end(), common);
  }

  /// The server writes `a IN (b, c)` as `a = ANY (ARRAY[b, c])`, and that it reads again: an array
  /// has its type by itself, where the list of an IN would take the new one of `a`.
  void write_array(PgQuery__AExpr& expression) {
    const PgQuery__Node* values = expression.rexpr;
    if (values->node_case != PG_QUERY__NODE__NODE_LIST || values->list->n_items < 2) return;
    const PgQuery__List& list = *values->list;
    const bool reads_columns =
        std::any_of(list.items, list.items + list.n_items,
                    [](const PgQuery__Node* item) { return !columns_of(*item).empty(); });
    // What reads columns is compared one by one.
    if (reads_columns || expression.lexpr->node_case == PG_QUERY__NODE__NODE_ROW_EXPR) return;
    const bool in = name_of(expression.n_name, expression.name).name == "=";
    WrittenArray& written = arrays_.emplace_back();
    written.array.n_elements = list.n_items;
    written.array.elements = list.items;
    written.node.node_case = PG_QUERY__NODE__NODE_A_ARRAY_EXPR;
    written.node.a_array_expr = &written.array;
    expression.rexpr = &written.node;
    expression.kind =
        in ? PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY : PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL;
  }

  /// A literal beside a value of an enum is of that enum.
  void write_enum(PgQuery__Node** place, const PgQuery__Node& other) {
    if (is_literal(**place) && is_enum(other)) write_cast(place, type_of(other));
  }

  void write(PgQuery__Node** place, TypeId from, TypeId to) {
    if (from == kNoType || to == kNoType || type_category(to) == 'P') return;
    if (from == to && !is_of_domain(**place)) return;
    const std::string name(builtin_type_name(to));
    write_cast(place, to == kBpchar ? std::string("bpchar") : name);
  }

  void write_cast(PgQuery__Node** place, const std::string& type) {
    Tree tree = parse_sql("SELECT NULL::" + type);
    const PgQuery__Node* cast = expression_of(tree);
    if (!cast || cast->node_case != PG_QUERY__NODE__NODE_TYPE_CAST) return;
    kept_.push_back(std::move(tree));
    cast->type_cast->arg = *place;
    *place = const_cast<PgQuery__Node*>(cast);
  }

  struct WrittenArray {
    PgQuery__AArrayExpr array = PG_QUERY__A__ARRAY_EXPR__INIT;
    PgQuery__Node node = PG_QUERY__NODE__INIT;
  };

  /// The casts and arrays that were written in live here.
  std::vector<Tree> kept_;
  std::deque<WrittenArray> arrays_;

 public:
  bool wrote() const { return !kept_.empty() || !arrays_.empty(); }
};

}  // namespace

void require_types(Run& run, PgQuery__Node& node, const ColumnTypes& types) {
  TypeCheck check(run, types);
  walk_tree(node.base, [&](ProtobufCMessage& message) {
    if (as<PgQuery__SubLink>(message)) return false;
    if (const auto* expression = as<PgQuery__AExpr>(message)) check.comparison(*expression);
    if (const auto* cast = as<PgQuery__TypeCast>(message)) check.cast(*cast);
    if (message.descriptor == &pg_query__bool_expr__descriptor) {
      const auto& parts = reinterpret_cast<const PgQuery__BoolExpr&>(message);
      const char* what = parts.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR  ? "AND"
                         : parts.boolop == PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR ? "OR"
                                                                             : "NOT";
      for (std::size_t i = 0; i < parts.n_args; ++i) check.condition(*parts.args[i], what);
    }
    if (message.descriptor == &pg_query__boolean_test__descriptor)
      if (const auto& test = reinterpret_cast<const PgQuery__BooleanTest&>(message); test.arg)
        check.condition(*test.arg, "IS");
    return true;
  });
}

void require_boolean(Run& run, const PgQuery__Node& node, const ColumnTypes& types,
                     const char* what) {
  TypeCheck(run, types).condition(node, what);
}

void write_types(Run& run, StoredExpression& expression, const ColumnTypes& types) {
  TreeArena arena;
  PgQuery__Node* node = unpack_tree(*expression.tree, arena);
  if (!node) return;
  TypeWriter writer(run, types);
  walk_tree(node->base, [&](ProtobufCMessage& message) {
    if (as<PgQuery__SubLink>(message)) return false;
    // Types below are read first; what is written around a part leaves its own as they are.
    if (auto* part = as<PgQuery__AExpr>(message)) writer.comparison(*part);
    if (auto* call = as<PgQuery__FuncCall>(message)) writer.call(*call);
    return true;
  });
  if (!writer.wrote()) return;
  expression.tree = pack_tree(*node);
  if (std::string text = shown_text(*node); !text.empty()) expression.text = std::move(text);
}

}  // namespace schemaudit::replay
