#include "rules/facts/index_text.h"

#include "rules/facts/sql_names.h"

namespace schemaudit {

namespace {

std::string describe(const IndexKey& key) {
  std::string text = key.column ? sql_name(*key.column)
                                : (key.expression ? key.expression->text : std::string("?"));
  if (!key.collation.empty()) text += " COLLATE " + quote_identifier(key.collation);
  if (!key.operator_class.empty()) text += " " + key.operator_class;
  if (key.descending) text += " DESC";
  if (key.nulls_first) text += key.descending ? " NULLS LAST" : " NULLS FIRST";
  return text;
}

std::string without_parentheses(const std::string& text) {
  if (text.size() < 2 || text.front() != '(' || text.back() != ')') return text;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return text;
  }
  return text.substr(1, text.size() - 2);
}

}  // namespace

std::string describe(const Index& index) {
  std::string keys;
  for (const IndexKey& key : index.keys) keys += (keys.empty() ? "" : ", ") + describe(key);
  std::string text = index.unique.value_or(false) ? "UNIQUE " : "";
  text += index.method + " (" + keys + ")";
  if (!index.include.empty()) text += " INCLUDE " + sql_list(index.include);
  if (index.nulls_not_distinct) text += " NULLS NOT DISTINCT";
  if (index.predicate.has_value())
    text += " WHERE " + without_parentheses(index.predicate.value().text);
  return text;
}

std::string drop_statement(const Relation& relation, const Index& index) {
  if (!index.constraint.empty())
    return "ALTER TABLE " + sql_name(relation.name) + " DROP CONSTRAINT " +
           sql_name(index.constraint) + ";";
  return "DROP INDEX " + sql_name(QualifiedName{relation.name.schema, index.name}) + ";";
}

std::string create_statement(const Relation& relation, const std::vector<std::string>& columns) {
  return "CREATE INDEX ON " + sql_name(relation.name) + " " + sql_list(columns) + ";";
}

}  // namespace schemaudit
