#include "analyzer/migrations/rehearsal/sample_rows.h"

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/migrations/rehearsal/column_values.h"
#include "analyzer/model/names.h"
#include "analyzer/model/redact.h"
#include "analyzer/postgres/server_session.h"

namespace schemaudit {

namespace {

constexpr std::size_t kFewest = 3, kMost = 8;
/// Combinations of values that are tried for one row.
constexpr std::size_t kAttempts = 80;
constexpr std::string_view kCheckViolation = "23514";

/// The columns that a refusal is about.
std::vector<std::string> columns_of(const Relation& table, const ServerSession::Answer& refusal) {
  if (!refusal.column.empty()) return {refusal.column};
  for (const CheckConstraint& check : table.checks)
    if (check.name == refusal.constraint) return check.columns;
  for (const KeyConstraint& key : table.unique_constraints)
    if (key.name == refusal.constraint) return key.columns;
  if (table.primary_key && table.primary_key->name == refusal.constraint)
    return table.primary_key->columns;
  for (const ForeignKey& key : table.foreign_keys)
    if (key.name == refusal.constraint) return key.columns;
  std::vector<std::string> columns;
  for (const Index& index : table.indexes)
    if (index.name == refusal.constraint)
      for (const IndexKey& key : index.keys)
        if (key.column) columns.push_back(*key.column);
  // No partition takes the row.
  if (columns.empty() && refusal.sqlstate == kCheckViolation && table.partition_key)
    for (const Column& column : table.columns)
      if (table.partition_key->text.find(column.name) != std::string::npos)
        columns.push_back(column.name);
  return columns;
}

class Planter {
 public:
  Planter(const std::string& conninfo, const Schema& schema) : session_(conninfo), schema_(schema) {
    session_.run("SET lc_messages TO 'C'");
  }

  /// Rows that somebody else has put there.
  bool holds_rows(const Relation& table) {
    ServerSession::Answer answer =
        session_.run("SELECT EXISTS (SELECT FROM " + quote_identifier(table.name.schema) + "." +
                     quote_identifier(table.name.name) + ")");
    return answer.accepted && answer.rows.front().front() == "t";
  }

  /// How many rows could be made; `why` has the last refusal where none could.
  std::size_t plant(const Relation& table, std::string& why) {
    const std::size_t wanted = std::clamp(listed_values(schema_, table), kFewest, kMost);
    std::size_t made = 0;
    for (std::size_t row = 0; row < wanted; ++row) made += plant_row(table, row, why) ? 1 : 0;
    return made;
  }

 private:
  bool plant_row(const Relation& table, std::size_t row, std::string& why) {
    std::map<std::string, std::vector<std::string>> values;
    for (const Column& column : table.columns) {
      std::vector<std::string> of_column = column_values(schema_, table, column, row);
      if (!of_column.empty()) values[column.name] = std::move(of_column);
    }
    std::map<std::string, std::size_t> turns;
    for (std::size_t attempt = 0; attempt < kAttempts; ++attempt) {
      ServerSession::Answer answer = session_.run(insert(table, values, turns));
      if (answer.accepted) return true;
      why = redact(answer.message);
      if (!advance(values, columns_of(table, answer), turns)) return false;
    }
    return false;
  }

  /// The next combination of the columns' values; false where all have been tried.
  static bool advance(const std::map<std::string, std::vector<std::string>>& values,
                      const std::vector<std::string>& columns,
                      std::map<std::string, std::size_t>& turns) {
    for (const std::string& column : columns) {
      auto of_column = values.find(column);
      if (of_column == values.end()) continue;
      if (++turns[column] < of_column->second.size()) return true;
      turns[column] = 0;
    }
    return false;
  }

  static std::string insert(const Relation& table,
                            const std::map<std::string, std::vector<std::string>>& values,
                            std::map<std::string, std::size_t>& turns) {
    const std::string name =
        quote_identifier(table.name.schema) + "." + quote_identifier(table.name.name);
    std::string columns, row;
    for (const auto& [column, of_column] : values) {
      columns += (columns.empty() ? "" : ", ") + quote_identifier(column);
      row += (row.empty() ? "" : ", ") + of_column[turns[column]];
    }
    if (columns.empty()) return "INSERT INTO " + name + " DEFAULT VALUES";
    return "INSERT INTO " + name + " (" + columns + ") VALUES (" + row + ")";
  }

  ServerSession session_;
  const Schema& schema_;
};

}  // namespace

PlantedRows plant_rows(const std::string& conninfo, const Schema& schema,
                       const std::vector<QualifiedName>& tables) {
  PlantedRows planted;
  std::vector<const Relation*> waiting;
  for (const QualifiedName& name : tables)
    if (const Relation* table = schema.find_relation(name))
      if ((table->kind == RelationKind::table || table->kind == RelationKind::partitioned_table) &&
          !table->partition_of)
        waiting.push_back(table);
  Planter planter(conninfo, schema);
  std::set<QualifiedName> still_empty;
  for (const Relation* table : waiting) still_empty.insert(table->name);
  // What a foreign key points at comes first; what points in a circle comes in any order.
  while (!waiting.empty()) {
    auto ready = std::find_if(waiting.begin(), waiting.end(), [&](const Relation* table) {
      return std::none_of(
          table->foreign_keys.begin(), table->foreign_keys.end(), [&](const ForeignKey& key) {
            return !(key.target == table->name) && still_empty.count(key.target) > 0;
          });
    });
    if (ready == waiting.end()) ready = waiting.begin();
    const Relation* table = *ready;
    waiting.erase(ready);
    still_empty.erase(table->name);
    std::string why;
    const std::size_t made = planter.plant(*table, why);
    planted.rows += made;
    if (made == 0 && !planter.holds_rows(*table)) planted.without.emplace_back(table->name, why);
  }
  return planted;
}

}  // namespace schemaudit
