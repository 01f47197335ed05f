#include "analyzer/models/prisma_names.h"

namespace schemaudit {

namespace {

constexpr std::size_t kLongestName = 63;

/// Not within a character.
std::string cut_before(std::string name, std::string_view ending) {
  const std::size_t limit = kLongestName - ending.size();
  if (name.size() >= limit) {
    std::size_t length = limit;
    while (length > 0 && length < name.size() &&
           (static_cast<unsigned char>(name[length]) & 0xC0) == 0x80)
      --length;
    name.resize(length);
  }
  return name.append(ending);
}

}  // namespace

std::string prisma_primary_key_name(std::string_view table) {
  return cut_before(std::string(table), "_pkey");
}

std::string prisma_constraint_name(std::string_view table, const std::vector<std::string>& columns,
                                   std::string_view ending) {
  std::string name(table);
  for (const std::string& column : columns) name += "_" + column;
  return cut_before(std::move(name), ending);
}

}  // namespace schemaudit
