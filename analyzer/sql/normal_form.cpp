#include "analyzer/sql/normal_form.h"

#include <algorithm>
#include <vector>

#include "analyzer/model/names.h"
#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/deep_stack.h"
#include "analyzer/sql/expression_tree.h"
#include "analyzer/sql/pg_tree.h"

namespace schemaudit {

namespace {

Expression undecided(std::string_view text) {
  Expression expression;
  expression.text = std::string(text);
  expression.decided = false;
  return expression;
}

/// Calls `use` with the tree of the expression, if it has one.
template <typename Use>
void with_expression(std::string_view text, const Use& use) {
  run_with_deep_stack(text.size(), [&] {
    Tree tree = parse_sql("SELECT " + std::string(text));
    if (const PgQuery__Node* node = expression_of(tree)) use(*node);
  });
}

}  // namespace

ColumnTypes column_types_of(const Relation& relation) {
  return [&relation](std::string_view name) -> std::string_view {
    const Column* column = relation.find_column(name);
    return column && column->type ? std::string_view(column->type->normal) : std::string_view();
  };
}

Expression normalise_expression(std::string_view text, const ColumnTypes& types,
                                std::string_view context_type) {
  Expression expression = undecided(text);
  with_expression(text, [&](const PgQuery__Node& node) {
    expression = expression_from(node, std::string(text), {types, context_type});
  });
  return expression;
}

std::optional<Type> normalise_type(std::string_view text) {
  std::optional<Type> type;
  if (text.empty()) return type;
  run_with_deep_stack(text.size(), [&] {
    Tree tree = parse_sql("SELECT NULL::" + std::string(text));
    const PgQuery__Node* node = expression_of(tree);
    if (!node || node->node_case != PG_QUERY__NODE__NODE_TYPE_CAST) return;
    type = Type{std::string(text), type_normal(*node->type_cast->type_name), false};
  });
  return type;
}

std::string normal_type_text(const std::string& text) {
  std::optional<Type> type = normalise_type(text);
  return type ? type->normal : text;
}

std::string type_that_was_meant(const std::string& text) {
  static const std::vector<std::string> kWords = {
      "smallint", "integer", "bigint", "numeric", "decimal", "real", "money", "text", "varchar",
      "bytea", "boolean", "date", "time", "timestamp", "interval", "timestamptz", "timetz", "uuid",
      "json", "jsonb", "xml", "inet", "cidr", "macaddr", "tsvector", "double", "citext", "hstore",
      "geometry", "geography", "serial", "bigserial", "char", "character",
      // Of extensions that many have.
      "vector", "halfvec", "ltree", "raster", "cube"};
  const std::size_t end = text.find_first_of(" ([");
  const std::string word = fold_case(text.substr(0, end));
  const std::optional<Type> type = normalise_type(word);
  const bool is_known = type && (is_builtin_type(type->normal) || type->normal.ends_with("serial"));
  if (is_known || word.find_first_of(".\"") != std::string::npos) return {};
  if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return {};
  return nearest_name(word, kWords);
}

Expression normalise_query(std::string_view text) {
  Expression expression = undecided(text);
  run_with_deep_stack(text.size(), [&] {
    Tree tree = parse_sql(text);
    std::vector<const PgQuery__Node*> statements = tree.statements();
    if (statements.size() != 1) return;
    expression.normal = normal_of_query(*statements[0], expression.decided);
    if (!expression.decided) expression.normal.clear();
  });
  return expression;
}

std::optional<AllowedValues> allowed_values(std::string_view expression) {
  std::optional<AllowedValues> allowed;
  with_expression(expression,
                  [&](const PgQuery__Node& node) { allowed = allowed_values_of(node); });
  return allowed;
}

}  // namespace schemaudit
