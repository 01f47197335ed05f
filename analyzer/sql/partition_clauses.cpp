#include "analyzer/sql/partition_clauses.h"

#include "analyzer/sql/builtin/builtin_catalog.h"

namespace schemaudit {

Expression partition_bound(const PgQuery__PartitionBoundSpec& bound) {
  auto datums = [](std::size_t count, PgQuery__Node* const* nodes) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) text += ", ";
      if (nodes[i]->node_case == PG_QUERY__NODE__NODE_COLUMN_REF)
        text += fold_case(string_of(nodes[i]->column_ref->fields[0])) == "minvalue" ? "MINVALUE"
                                                                                    : "MAXVALUE";
      else
        text += normal_of_bound(*nodes[i]);
    }
    return text;
  };
  std::string text;
  if (bound.is_default) {
    text = "DEFAULT";
  } else if (bound.n_listdatums > 0) {
    text = "FOR VALUES IN (" + datums(bound.n_listdatums, bound.listdatums) + ")";
  } else if (bound.n_lowerdatums > 0) {
    text = "FOR VALUES FROM (" + datums(bound.n_lowerdatums, bound.lowerdatums) + ") TO (" +
           datums(bound.n_upperdatums, bound.upperdatums) + ")";
  } else {
    text = "FOR VALUES WITH (modulus " + std::to_string(bound.modulus) + ", remainder " +
           std::to_string(bound.remainder) + ")";
  }
  return {text, text, true};
}

std::string partition_key_options(const std::string& collation, const std::string& operator_class) {
  std::string text;
  if (!collation.empty()) text += " COLLATE " + quote_identifier(collation);
  if (!operator_class.empty()) text += " " + quote_identifier(operator_class);
  return text;
}

Expression partition_key(const PgQuery__PartitionSpec& spec, const ColumnTypes& types,
                         const std::vector<Column>& columns) {
  const std::string strategy = partition_strategy(spec);
  std::string text = strategy + " (";
  for (std::size_t i = 0; i < spec.n_part_params; ++i) {
    const PgQuery__PartitionElem& element = *spec.part_params[i]->partition_elem;
    if (i > 0) text += ", ";
    text += element.expr ? normal_of(*element.expr, {types, {}}) : quote_identifier(element.name);
    std::string collation = name_of(element.n_collation, element.collation).name;
    std::string own = "default";
    for (const Column& column : columns)
      if (!element.expr && column.name == element.name && column.collation.has_value())
        own = column.collation.value().name;
    if (collation == own) collation.clear();
    std::string operator_class = name_of(element.n_opclass, element.opclass).name;
    if (is_default_operator_class(strategy == "HASH" ? "hash" : "btree", operator_class))
      operator_class.clear();
    text += partition_key_options(collation, operator_class);
  }
  text += ")";
  return {text, text, true};
}

}  // namespace schemaudit
