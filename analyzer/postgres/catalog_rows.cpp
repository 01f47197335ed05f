#include "analyzer/postgres/catalog_rows.h"

#include <nlohmann/json.hpp>

namespace schemaudit {

std::vector<long> CatalogRow::numbers(std::size_t i) const {
  if (null(i)) return {};
  return nlohmann::json::parse(*fields[i]).get<std::vector<long>>();
}

std::vector<std::string> CatalogRow::texts(std::size_t i) const {
  if (null(i)) return {};
  return nlohmann::json::parse(*fields[i]).get<std::vector<std::string>>();
}

}  // namespace schemaudit
