// Puts a few rows into tables of a scratch database, each fitting the table's constraints: what a
// migration has to cope with once it meets a database that is in use. Private to
// analyzer/migrations.
//
//   PlantedRows planted = plant_rows(conninfo, schema, {{"public", "users"}});
//   for (const auto& [table, why] : planted.without) print(table, why);
//
// Values spread over enums, listed values and NULLs; which of them fit together is found by trying
// them on the server. What the tables already hold stays.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit {

struct PlantedRows {
  std::size_t rows = 0;
  /// Tables for which no row could be made, with the server's last word.
  std::vector<std::pair<QualifiedName, std::string>> without;
};

/// `schema` is what the database holds. Views, partitions and foreign tables are passed over.
PlantedRows plant_rows(const std::string& conninfo, const Schema& schema,
                       const std::vector<QualifiedName>& tables);

}  // namespace schemaudit
