#include "schema_docs/readings.h"

#include <algorithm>
#include <set>

namespace schemaudit {

namespace {

bool in_sql(const Origin& origin, const ReadDocument& document) {
  return origin.uri == document.reading.uri &&
         std::any_of(document.fences.begin(), document.fences.end(), [&](const SqlFence& fence) {
           return origin.line >= fence.text.first_line && origin.line <= fence.last_line;
         });
}

template <typename List>
std::size_t count_in_sql(const List& list, const ReadDocument& document) {
  return static_cast<std::size_t>(std::count_if(list.begin(), list.end(), [&](const auto& element) {
    return in_sql(element.origin, document);
  }));
}

/// Names of one relation: a document may leave its schema out.
bool same_relation(const QualifiedName& a, const QualifiedName& b) {
  return a.name == b.name && (a.schema == b.schema || a.schema.empty() || b.schema.empty());
}

}  // namespace

TableReading reading_of(const TableClaim& claim) {
  TableReading row;
  row.table = claim.name;
  row.origin = claim.origin;
  row.form = claim.form;
  row.columns = claim.columns.size();
  row.indexes = claim.indexes.size();
  row.complete = claim.complete;
  bool key_column = false;
  row.constraints = claim.unique_constraints.size() + claim.foreign_keys.size() +
                    claim.checks.size() + claim.exclusions.size();
  for (const ColumnClaim& column : claim.columns) {
    key_column |= column.primary_key;
    row.constraints +=
        (column.unique ? 1 : 0) + (column.foreign_key ? 1 : 0) + column.checks.size();
  }
  row.constraints += claim.primary_key || key_column ? 1 : 0;
  return row;
}

std::map<std::string, std::vector<const Relation*>> relations_by_document(const Schema& schema) {
  std::map<std::string, std::vector<const Relation*>> by_document;
  for (const Relation& relation : schema.relations) {
    std::set<std::string> documents = {relation.origin.uri};
    auto collect = [&](const auto& list) {
      for (const auto& element : list) documents.insert(element.origin.uri);
    };
    collect(relation.columns);
    collect(relation.unique_constraints);
    collect(relation.foreign_keys);
    collect(relation.checks);
    collect(relation.exclusions);
    collect(relation.indexes);
    if (relation.primary_key) documents.insert(relation.primary_key->origin.uri);
    for (const std::string& uri : documents) by_document[uri].push_back(&relation);
  }
  return by_document;
}

void complete_readings(ReadDocument& document, const std::vector<const Relation*>& relations) {
  std::vector<TableReading>& rows = document.reading.tables;
  for (const Relation* stated : relations) {
    const Relation& relation = *stated;
    std::size_t columns = count_in_sql(relation.columns, document);
    std::size_t constraints = count_in_sql(relation.unique_constraints, document) +
                              count_in_sql(relation.foreign_keys, document) +
                              count_in_sql(relation.checks, document) +
                              count_in_sql(relation.exclusions, document);
    if (relation.primary_key && in_sql(relation.primary_key->origin, document)) ++constraints;
    std::size_t indexes = count_in_sql(relation.indexes, document);
    auto row = std::find_if(rows.begin(), rows.end(), [&](const TableReading& known) {
      return known.form == "sql" && same_relation(known.table, relation.name);
    });
    if (row != rows.end()) {
      row->table = relation.name;
      row->columns = std::max(row->columns, columns);
      row->constraints = std::max(row->constraints, constraints);
      row->indexes = std::max(row->indexes, indexes);
      continue;
    }
    if (columns + constraints + indexes == 0) continue;
    TableReading added;
    added.table = relation.name;
    added.form = "sql";
    added.columns = columns;
    added.constraints = constraints;
    added.indexes = indexes;
    added.origin = relation.origin;
    auto first = [&](const auto& list) {
      for (const auto& element : list)
        if (in_sql(element.origin, document) &&
            (added.origin.uri != document.reading.uri || element.origin < added.origin))
          added.origin = element.origin;
    };
    first(relation.columns);
    first(relation.unique_constraints);
    first(relation.foreign_keys);
    first(relation.checks);
    first(relation.indexes);
    rows.push_back(std::move(added));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const TableReading& a, const TableReading& b) {
    return a.origin < b.origin;
  });
  std::vector<TableReading> merged;
  for (TableReading& row : rows) {
    auto known = std::find_if(merged.begin(), merged.end(), [&](const TableReading& other) {
      return same_relation(other.table, row.table) && other.form == row.form;
    });
    if (known == merged.end()) {
      merged.push_back(std::move(row));
      continue;
    }
    if (known->form != "sql") {
      known->columns += row.columns;
      known->constraints += row.constraints;
      known->indexes += row.indexes;
    }
    known->complete |= row.complete;
  }
  rows = std::move(merged);
}

std::size_t count_tables(const DocumentReading& reading, const Schema& schema) {
  std::set<std::pair<std::string, std::string>> tables;
  for (const TableReading& row : reading.tables) {
    const Relation* relation = schema.find_relation(row.table);
    if (!relation || !relation->is_view()) tables.insert({row.table.schema, row.table.name});
  }
  return tables.size();
}

}  // namespace schemaudit
