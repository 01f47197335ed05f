#include "analyzer/postgres/catalog_rows.h"

#include <nlohmann/json.hpp>

#include "analyzer/postgres/answer_watch.h"

namespace schemaudit {

std::vector<long> CatalogRow::numbers(std::size_t i) const {
  if (null(i)) return {};
  return nlohmann::json::parse(*fields[i]).get<std::vector<long>>();
}

std::vector<std::string> CatalogRow::texts(std::size_t i) const {
  if (null(i)) return {};
  return nlohmann::json::parse(*fields[i]).get<std::vector<std::string>>();
}

std::vector<CatalogRow> CatalogSession::rows(const std::string& sql) {
  ++statements;
  if (watch) watch->restart();
  pqxx::result result = transaction.exec(sql);
  std::vector<CatalogRow> rows;
  rows.reserve(static_cast<std::size_t>(result.size()));
  for (decltype(result.size()) r = 0; r < result.size(); ++r) {
    CatalogRow row;
    row.fields.reserve(static_cast<std::size_t>(result.columns()));
    for (decltype(result.columns()) c = 0; c < result.columns(); ++c) {
      auto field = result[r][c];
      if (field.is_null())
        row.fields.emplace_back();
      else
        row.fields.emplace_back(field.as<std::string>());
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace schemaudit
