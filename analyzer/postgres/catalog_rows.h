// Rows of a catalog query as text, free of libpqxx's types, which differ between its versions.
//
//   for (const CatalogRow& row : session.rows("select oid, relname from pg_class"))
//     names[row.number(0)] = row.text(1);
#pragma once

#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <vector>

namespace schemaudit {

class AnswerWatch;

struct CatalogRow {
  std::vector<std::optional<std::string>> fields;

  bool null(std::size_t i) const { return !fields[i]; }
  std::string text(std::size_t i) const { return fields[i].value_or(std::string()); }
  bool flag(std::size_t i) const { return fields[i] && *fields[i] == "t"; }
  long number(std::size_t i) const { return fields[i] ? std::stol(*fields[i]) : 0; }
  /// A JSON array of numbers; empty for null.
  std::vector<long> numbers(std::size_t i) const;
  std::vector<std::string> texts(std::size_t i) const;
};

/// One open snapshot, counting what it sends.
struct CatalogSession {
  pqxx::dbtransaction& transaction;
  int version = 0;
  std::size_t statements = 0;
  /// Whose clock each statement starts anew; may be nullptr.
  AnswerWatch* watch = nullptr;

  std::vector<CatalogRow> rows(const std::string& sql);
};

}  // namespace schemaudit
