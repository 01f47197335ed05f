#include "analyzer/models/prisma_names.h"

#include "analyzer/model/utf8.h"

namespace schemaudit {

namespace {

constexpr std::size_t kLongestName = 63;

std::string cut_before(std::string_view name, std::string_view ending) {
  return std::string(cut_at_character(name, kLongestName - ending.size())).append(ending);
}

}  // namespace

std::string prisma_primary_key_name(std::string_view table) {
  return cut_before(table, "_pkey");
}

std::string prisma_constraint_name(std::string_view table, const std::vector<std::string>& columns,
                                   std::string_view ending) {
  std::string name(table);
  for (const std::string& column : columns) name += "_" + column;
  return cut_before(name, ending);
}

}  // namespace schemaudit
