#include "schema_docs/readings.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

namespace schemaudit {

namespace {

/// The lines of a document that stand in SQL fences.
class SqlLines {
 public:
  explicit SqlLines(const ReadDocument& document) : uri_(document.reading.uri) {
    for (const SqlFence& fence : document.fences) {
      int& last = last_of_[fence.text.first_line];
      last = std::max(last, fence.last_line);
    }
  }

  bool hold(const Origin& origin) const {
    if (origin.uri != uri_) return false;
    auto behind = last_of_.upper_bound(origin.line);
    return behind != last_of_.begin() && origin.line <= std::prev(behind)->second;
  }

  template <typename List>
  std::size_t count(const List& list) const {
    return static_cast<std::size_t>(std::count_if(
        list.begin(), list.end(), [&](const auto& element) { return hold(element.origin); }));
  }

 private:
  const std::string& uri_;
  /// By the first line of each fence.
  std::map<int, int> last_of_;
};

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
  const SqlLines sql(document);
  // Rows by the bare name, which all names of one relation share, in their order.
  std::unordered_map<std::string, std::vector<std::size_t>> rows_of;
  for (std::size_t i = 0; i < rows.size(); ++i) rows_of[rows[i].table.name].push_back(i);
  for (const Relation* stated : relations) {
    const Relation& relation = *stated;
    std::size_t columns = sql.count(relation.columns);
    std::size_t constraints = sql.count(relation.unique_constraints) +
                              sql.count(relation.foreign_keys) + sql.count(relation.checks) +
                              sql.count(relation.exclusions);
    if (relation.primary_key && sql.hold(relation.primary_key->origin)) ++constraints;
    std::size_t indexes = sql.count(relation.indexes);
    std::vector<std::size_t>& same_name = rows_of[relation.name.name];
    auto place = std::find_if(same_name.begin(), same_name.end(), [&](std::size_t i) {
      return rows[i].form == "sql" && same_relation(rows[i].table, relation.name);
    });
    if (place != same_name.end()) {
      TableReading* row = &rows[*place];
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
        if (sql.hold(element.origin) &&
            (added.origin.uri != document.reading.uri || element.origin < added.origin))
          added.origin = element.origin;
    };
    first(relation.columns);
    first(relation.unique_constraints);
    first(relation.foreign_keys);
    first(relation.checks);
    first(relation.indexes);
    same_name.push_back(rows.size());
    rows.push_back(std::move(added));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const TableReading& a, const TableReading& b) {
    return a.origin < b.origin;
  });
  std::vector<TableReading> merged;
  rows_of.clear();
  for (TableReading& row : rows) {
    std::vector<std::size_t>& same_name = rows_of[row.table.name];
    auto place = std::find_if(same_name.begin(), same_name.end(), [&](std::size_t i) {
      return same_relation(merged[i].table, row.table) && merged[i].form == row.form;
    });
    if (place == same_name.end()) {
      same_name.push_back(merged.size());
      merged.push_back(std::move(row));
      continue;
    }
    TableReading* known = &merged[*place];
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
