// Writes an expression's tree in its normal form, on the way telling the type of every part as
// PostgreSQL's parse analysis does (src/backend/parser/parse_expr.c). Private to analyzer/sql.
//
//   Renderer renderer(context);
//   std::string normal = renderer.root(*node);
//   if (!renderer.decided) ...                    what it means cannot be told from the text
#pragma once

#include <string>
#include <vector>

#include "analyzer/sql/condition.h"
#include "analyzer/sql/expression_tree.h"
#include "analyzer/sql/pg_tree.h"
#include "analyzer/sql/typed_value.h"

namespace schemaudit {

class Renderer {
 public:
  explicit Renderer(const ExpressionContext& context) : context_(context) {}

  /// The whole expression, assigned to the context's type where it has one.
  std::string root(const PgQuery__Node& node);
  /// A part of it; empty for nullptr.
  std::string render(const PgQuery__Node* node);
  Value value(const PgQuery__Node& node);

  /// In queries the types of columns are not known, and a cast of what has no known type is taken
  /// for one that the server added.
  bool query_mode = false;
  bool decided = true;

 private:
  using Nodes = PgQuery__Node* const*;

  bool is_condition(const PgQuery__Node& node) const;
  Condition condition(const PgQuery__Node& node);
  Condition bool_expression(const PgQuery__BoolExpr& expression);
  Condition null_test(const PgQuery__NullTest& test);
  Condition operation(const PgQuery__AExpr& expression);

  Condition compare(const std::string& op, Value left, Value right);
  Condition compare_nodes(const std::string& op, const PgQuery__Node& left,
                          const PgQuery__Node& right);
  Condition compare_rows(const std::string& op, const PgQuery__RowExpr& left,
                         const PgQuery__RowExpr& right);
  Condition between(const PgQuery__AExpr& expression);
  Condition in_list(const PgQuery__AExpr& expression, bool in);
  Condition any_or_all(const PgQuery__AExpr& expression, const std::string& op, bool any);
  Condition among(Value left, bool in, std::vector<Value> values, TypeId scalar);
  bool array_values(const PgQuery__Node& node, std::vector<Value>& values, TypeId& element);

  Value arithmetic(const std::string& op, const PgQuery__AExpr& expression);
  Value prefix(const std::string& op, const PgQuery__Node& operand);
  Value null_if(const PgQuery__AExpr& expression);
  Value constant(const PgQuery__AConst& constant);
  Value column(const PgQuery__ColumnRef& reference);
  Value cast(const PgQuery__TypeCast& cast);
  Value array(const PgQuery__AArrayExpr& array);
  Value call(const PgQuery__FuncCall& call);
  Value sql_value(const PgQuery__SQLValueFunction& function);
  Value case_expression(const PgQuery__CaseExpr& expression);
  Value indirection(const PgQuery__AIndirection& indirection);
  Value sub_link(const PgQuery__Node& node);
  Value alike(const char* name, std::size_t count, Nodes nodes);
  Value other(const PgQuery__Node& node);

  /// Brings branches to one type, as CASE and its like do.
  TypeId make_alike(std::vector<Value>& values, std::vector<std::string>& texts);
  std::vector<Value> values(std::size_t count, Nodes nodes);
  std::string list(std::size_t count, Nodes nodes);
  std::string result_target(const PgQuery__ResTarget& target);
  std::string message(const PgQuery__Node& node);

  const ExpressionContext& context_;
  bool types_known_ = true;
};

}  // namespace schemaudit
