#include "analyzer/sql/replay/retyped_column.h"

#include <algorithm>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/replay/coercion.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/immutability.h"
#include "analyzer/sql/replay/operand_types.h"
#include "analyzer/sql/replay/rename.h"
#include "analyzer/sql/tree_walk.h"

namespace schemaudit::replay {

namespace {

bool is_whole_number(std::string_view type) {
  return type == "smallint" || type == "integer" || type == "bigint";
}

struct Literals {
  bool strings = false;
  bool others = false;
  /// Whole numbers that were brought to the column's type: those of IN, COALESCE, CASE.
  bool brought = false;
};

/// IN, COALESCE, GREATEST and CASE, whose parts get one type.
bool brings_together(const ProtobufCMessage& message) {
  if (message.descriptor == &pg_query__a__expr__descriptor)
    return reinterpret_cast<const PgQuery__AExpr&>(message).kind ==
           PG_QUERY__A__EXPR__KIND__AEXPR_IN;
  return message.descriptor == &pg_query__coalesce_expr__descriptor ||
         message.descriptor == &pg_query__min_max_expr__descriptor ||
         message.descriptor == &pg_query__case_expr__descriptor;
}

void find_literals(PgQuery__Node& node, std::string_view column, Literals& found) {
  if (node.node_case == PG_QUERY__NODE__NODE_BOOL_EXPR) {
    // The parts of a condition do not type each other's literals.
    for (std::size_t i = 0; i < node.bool_expr->n_args; ++i)
      find_literals(*node.bool_expr->args[i], column, found);
    return;
  }
  const std::vector<std::string> columns = columns_of(node);
  if (!column.empty() && std::find(columns.begin(), columns.end(), column) == columns.end()) return;
  walk_tree(node.base, [&](ProtobufCMessage& message) {
    // One with a cast has the type that stands there.
    if (const auto* cast = as<PgQuery__TypeCast>(message))
      return !cast->arg || cast->arg->node_case != PG_QUERY__NODE__NODE_A_CONST;
    if (brings_together(message)) found.brought = true;
    const auto* constant = as<PgQuery__AConst>(message);
    if (!constant) return true;
    if (!constant->isnull && constant->val_case == PG_QUERY__A__CONST__VAL_SVAL)
      found.strings = true;
    else if (!constant->isnull && constant->val_case != PG_QUERY__A__CONST__VAL_IVAL)
      found.others = true;
    return false;
  });
}

/// Those that stand in one comparison with the column; with no column, all.
Literals literals_in(const StoredExpression& expression, std::string_view column) {
  Literals found;
  TreeArena arena;
  if (PgQuery__Node* node = unpack_tree(*expression.tree, arena))
    find_literals(*node, column, found);
  return found;
}

/// A default that is one string, as it stands or behind a minus: with a cast to its old type.
bool cast_literal(StoredExpression& expression, const std::string& old_type) {
  TreeArena arena;
  PgQuery__Node* node = unpack_tree(*expression.tree, arena);
  if (!node || node->node_case != PG_QUERY__NODE__NODE_A_CONST || node->a_const->isnull ||
      node->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL)
    return false;
  Tree tree = parse_sql("SELECT NULL::" + old_type);
  const PgQuery__Node* cast = expression_of(tree);
  if (!cast || cast->node_case != PG_QUERY__NODE__NODE_TYPE_CAST) return false;
  cast->type_cast->arg = node;
  expression.tree = pack_tree(*cast);
  expression.text += "::" + old_type;
  return true;
}

}  // namespace

void keep_literal_types(Run& run, ObjectId table, int column, const std::string& old_type,
                        const std::string& new_type) {
  auto bare = [](const std::string& type) { return type.substr(0, type.find('(')); };
  const TypeId before = builtin_type(old_type), after = builtin_type(new_type);
  if (bare(old_type) == bare(new_type) || (before != kNoType && before == after)) return;
  const bool strings_stay =
      (before == kText || before == kVarchar) && (after == kText || after == kVarchar);
  const bool numbers_stay = is_whole_number(old_type) && is_whole_number(new_type);
  auto doubtful = [&](const StoredExpression& expression, std::string_view read) {
    Literals literals = literals_in(expression, read);
    return (literals.strings && !strings_stay) || (literals.others && !numbers_stay) ||
           (literals.brought && before == kBigint);
  };
  ObjectId value = run.catalog.relation(table).attributes[column - 1].default_value;
  if (run.catalog.find(value) && !strings_stay) {
    StoredExpression& expression = run.catalog.edit_detail<DefaultDetail>(value).expression;
    // A constant is stored with its type alone, without a length.
    const std::string stored =
        before == kNoType ? old_type : std::string(builtin_type_name(before));
    // What calls a function has a type of its own; a fraction took the column's.
    if (!cast_literal(expression, stored) && literals_in(expression, {}).others)
      expression.undecided = true;
  }
  const std::string name = run.catalog.relation(table).attributes[column - 1].name;
  const ColumnTypes now = column_types(run.catalog, table);
  const ColumnTypes types_before = [&](std::string_view wanted) -> std::string_view {
    return wanted == name ? std::string_view(old_type) : now(wanted);
  };
  std::vector<ObjectId> readers = run.catalog.users(table);
  for (ObjectId index : run.catalog.relation(table).indexes) readers.push_back(index);
  for (ObjectId reader : readers) {
    const Object& object = run.catalog.at(reader);
    if (reader == value || is_table(object.kind) || is_view(object.kind)) continue;
    const bool reads = object.kind == Kind::index ||
                       std::any_of(object.needs.begin(), object.needs.end(), [&](const Need& need) {
                         return need.object == table && need.column == column;
                       });
    if (!reads) continue;
    for_each_expression(run.catalog.edit(reader), [&](StoredExpression& expression) {
      write_types(run, expression, types_before);
      if (doubtful(expression, name)) expression.undecided = true;
    });
  }
}

void reread_expressions(Run& run, ObjectId table, int column, const ColumnTypes& types_before) {
  auto is_routine = [&](const Need& need) {
    const Object* object = run.catalog.find(need.object);
    return object && object->kind == Kind::routine;
  };
  const ColumnTypes types = column_types(run.catalog, table);
  // Who needs the functions, and where the expressions stand: an exclusion's are its index's.
  std::vector<std::pair<ObjectId, ObjectId>> readers;
  for (ObjectId id : run.catalog.relation(table).constraints) {
    const auto& constraint = run.catalog.detail<ConstraintDetail>(id);
    if (constraint.check || run.catalog.find(constraint.index))
      readers.emplace_back(id, constraint.check ? id : constraint.index);
  }
  for (ObjectId id : run.catalog.relation(table).indexes)
    if (!run.catalog.detail<IndexDetail>(id).constraint) readers.emplace_back(id, id);
  for (const auto& [id, holder] : readers) {
    const std::vector<Need>& known = run.catalog.at(id).needs;
    const bool reads = std::any_of(known.begin(), known.end(), [&](const Need& need) {
      return need.object == table && need.column == column;
    });
    if (!reads) continue;
    const bool is_index = run.catalog.at(holder).kind == Kind::index;
    std::vector<StoredExpression> stored;
    for_each_expression(run.catalog.edit(holder),
                        [&](StoredExpression& expression) { stored.push_back(expression); });
    std::vector<Need> needs;
    for (const StoredExpression& expression : stored) {
      StoredExpression written = expression;
      write_types(run, written, types_before);
      TreeArena arena;
      PgQuery__Node* node = unpack_tree(*written.tree, arena);
      if (!node) continue;
      store_expression(run, *node, {}, {.table = table}, needs);
      if (!is_index) require_boolean(run, *node, types, "CHECK");
      if (is_index)
        require_immutable(run, table, *node,
                          "functions in index expression must be marked IMMUTABLE");
    }
    std::erase_if(run.catalog.edit(id).needs, is_routine);
    for (const Need& need : needs)
      if (is_routine(need)) run.catalog.depend(id, need);
  }
}

}  // namespace schemaudit::replay
