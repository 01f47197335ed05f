// One row of a catalog query as text.
//
//   for (const CatalogRow& row : session.rows("select oid, relname from pg_class"))
//     names[row.number(0)] = row.text(1);
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace schemaudit {

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

}  // namespace schemaudit
