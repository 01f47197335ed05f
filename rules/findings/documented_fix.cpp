#include "rules/findings/documented_fix.h"

#include <algorithm>
#include <string>
#include <vector>

#include "rules/facts/sql_names.h"

namespace schemaudit {

namespace {

/// The relation, on both sides, that a disagreement is about.
const MatchedRelation* matched(const RuleContext& context, const Disagreement& disagreement) {
  if (!context.docs) return nullptr;
  const QualifiedName wanted{disagreement.object.schema, disagreement.object.table};
  for (const MatchedRelation& pair : context.docs->relations) {
    if (!pair.left || !pair.right) continue;
    if (pair.right->name == wanted || pair.left->name == wanted) return &pair;
  }
  return nullptr;
}

/// The one element that stands at `origin`; nullptr where several do, or none.
template <typename Element>
const Element* element_at(const std::vector<Element>& elements, const Origin& origin) {
  const Element* found = nullptr;
  for (const Element& element : elements) {
    if (element.origin != origin) continue;
    if (found) return nullptr;
    found = &element;
  }
  return found;
}

bool is_absent(const Disagreement& disagreement) {
  return disagreement.left && !disagreement.right && !disagreement.name_only &&
         disagreement.left_origin.from_file();
}

bool has_columns(const Relation& relation, const std::vector<std::string>& columns) {
  return std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
    return relation.find_column(column) != nullptr;
  });
}

std::string add_constraint(const Relation& live, const std::string& name,
                           const std::string& definition) {
  std::string sql = "ALTER TABLE " + sql_name(live.name) + " ADD ";
  if (!name.empty()) sql += "CONSTRAINT " + sql_name(name) + " ";
  return sql + definition + ";";
}

std::string index_key(const IndexKey& key) {
  std::string sql = key.column ? sql_name(*key.column) : "(" + key.expression->text + ")";
  if (!key.operator_class.empty()) sql += " " + key.operator_class;
  if (key.descending) sql += " DESC";
  if (key.nulls_first) sql += key.descending ? " NULLS LAST" : " NULLS FIRST";
  return sql;
}

}  // namespace

std::optional<Fix> fix_absent_check(const RuleContext& context, const Disagreement& disagreement) {
  if (!is_absent(disagreement)) return std::nullopt;
  const MatchedRelation* pair = matched(context, disagreement);
  if (!pair) return std::nullopt;
  const CheckConstraint* check = element_at(pair->left->checks, disagreement.left_origin);
  if (!check || !check->expression.decided || check->expression.text.empty() ||
      !has_columns(*pair->right, check->columns))
    return std::nullopt;
  return Fix{FixKind::sql,
             add_constraint(*pair->right, check->name, "CHECK (" + check->expression.text + ")")};
}

std::optional<Fix> fix_absent_unique(const RuleContext& context, const Disagreement& disagreement) {
  if (!is_absent(disagreement)) return std::nullopt;
  const MatchedRelation* pair = matched(context, disagreement);
  if (!pair) return std::nullopt;
  const KeyConstraint* unique =
      element_at(pair->left->unique_constraints, disagreement.left_origin);
  if (!unique || unique->columns.empty() || !has_columns(*pair->right, unique->columns))
    return std::nullopt;
  std::string definition = unique->nulls_not_distinct ? "UNIQUE NULLS NOT DISTINCT " : "UNIQUE ";
  definition += sql_list(unique->columns);
  if (!unique->include.empty()) definition += " INCLUDE " + sql_list(unique->include);
  return Fix{FixKind::sql, add_constraint(*pair->right, unique->name, definition)};
}

std::optional<Fix> fix_absent_index(const RuleContext& context, const Disagreement& disagreement) {
  if (!is_absent(disagreement)) return std::nullopt;
  const MatchedRelation* pair = matched(context, disagreement);
  if (!pair) return std::nullopt;
  const Index* index = element_at(pair->left->indexes, disagreement.left_origin);
  if (!index || index->keys.empty()) return std::nullopt;
  std::string keys;
  for (const IndexKey& key : index->keys) {
    bool written = key.column ? pair->right->find_column(*key.column) != nullptr
                              : key.expression && key.expression->decided;
    if (!written) return std::nullopt;
    keys += (keys.empty() ? "" : ", ") + index_key(key);
  }
  std::string sql = index->unique.value_or(false) ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  if (!index->name.empty()) sql += sql_name(index->name) + " ";
  sql += "ON " + sql_name(pair->right->name);
  if (!index->method.empty() && index->method != "btree") sql += " USING " + index->method;
  sql += " (" + keys + ")";
  if (!index->include.empty()) sql += " INCLUDE " + sql_list(index->include);
  if (index->predicate.has_value()) {
    if (!index->predicate->decided) return std::nullopt;
    sql += " WHERE " + index->predicate->text;
  }
  return Fix{FixKind::sql, sql + ";"};
}

}  // namespace schemaudit
