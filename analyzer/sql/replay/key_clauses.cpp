#include "analyzer/sql/replay/key_clauses.h"

#include "analyzer/sql/replay/chosen_names.h"
#include "analyzer/sql/replay/collations.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/immutability.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/operator_classes.h"
#include "analyzer/sql/source_slices.h"

namespace schemaudit::replay {

KeyClause clause_of(const PgQuery__IndexElem& element) {
  KeyClause clause;
  if (element.name) clause.column = element.name;
  clause.expression = element.expr;
  if (element.indexcolname) clause.expression_name = element.indexcolname;
  clause.collation = name_of(element.n_collation, element.collation);
  clause.operator_class = name_of(element.n_opclass, element.opclass);
  clause.descending = element.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
  if (element.nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST)
    clause.nulls_first = !clause.descending;
  if (element.nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST)
    clause.nulls_first = clause.descending;
  clause.changing = "functions in index expression must be marked IMMUTABLE";
  return clause;
}

KeyClause clause_of(const PgQuery__PartitionElem& element) {
  KeyClause clause;
  if (element.name) clause.column = element.name;
  clause.expression = element.expr;
  clause.collation = name_of(element.n_collation, element.collation);
  clause.operator_class = name_of(element.n_opclass, element.opclass);
  clause.changing = "functions in partition key expression must be marked IMMUTABLE";
  return clause;
}

NamedKey key_from(Run& run, ObjectId table, const std::string& method, const KeyClause& clause,
                  std::vector<Need>& needs) {
  NamedKey key;
  key.detail.descending = clause.descending;
  key.detail.nulls_first = clause.nulls_first;
  QualifiedName collation = clause.collation;
  const RelationDetail& relation = run.catalog.relation(table);
  if (!clause.column.empty()) {
    key.name = clause.column;
    key.detail.column = column_named(run, table, clause.column);
  } else if (clause.expression) {
    key.name =
        clause.expression_name.empty() ? figured_name(*clause.expression) : clause.expression_name;
    // COLLATE at the top is the key's collation, and a bare column in parentheses is a column.
    PgQuery__Node* expression = clause.expression;
    while (expression->node_case == PG_QUERY__NODE__NODE_COLLATE_CLAUSE) {
      const PgQuery__CollateClause& collate = *expression->collate_clause;
      if (collation.name.empty()) collation = name_of(collate.n_collname, collate.collname);
      expression = collate.arg;
    }
    if (expression->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
        expression->column_ref->n_fields == 1)
      key.detail.column = find_attribute(relation, string_of(expression->column_ref->fields[0]));
    if (!key.detail.column) {
      key.detail.expression =
          store_expression(run, *expression, shown_text(*expression), {.table = table}, needs);
      require_immutable(run, table, *expression, clause.changing);
    }
  }
  const int column = key.detail.column;
  if (column && !collation.name.empty() && relation.attributes[column - 1].type)
    require_collatable(run.catalog, *relation.attributes[column - 1].type);
  if (!clause.operator_class.name.empty()) {
    key.detail.operator_class = operator_class_of(run, method, clause.operator_class);
    if (column) require_class_takes(run, method, clause.operator_class.name, table, column);
  } else if (column) {
    require_default_class(run, method, table, column);
  }
  // Shown where it differs from the column's own.
  std::string own = "default";
  if (column)
    if (const auto& of_column = relation.attributes[column - 1].collation) own = of_column->name;
  if (collation.name != own) key.detail.collation = collation.name;
  return key;
}

}  // namespace schemaudit::replay
