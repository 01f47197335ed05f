// An audit's schemas as an in-memory SQLite that answers read-only queries.
//
//   SchemaDatabase database(input);
//   SqlResult result = database.run("SELECT name FROM live_tables", 10000);
//   if (!result.error.empty()) ...
//
// Its tables are those of schema_tables.h, with a view of each for each role (`live_columns`) and
// for what is built (`built_columns`: live, else declared, else modelled). A query can read them
// and nothing else: no other file, no PRAGMA, no write, one statement.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/audit_input.h"

namespace schemaudit {

struct SqlResult {
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;
  /// What the query reads and the audit was not given, in words; then it was not run. An empty
  /// view would pass for a clean one.
  std::string not_given;
  /// Why there is no result; empty where there is one.
  std::string error;
};

class SchemaDatabase {
 public:
  explicit SchemaDatabase(const AuditInput& input);
  ~SchemaDatabase();
  SchemaDatabase(const SchemaDatabase&) = delete;
  SchemaDatabase& operator=(const SchemaDatabase&) = delete;

  SqlResult run(const std::string& query, int timeout_ms);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace schemaudit
