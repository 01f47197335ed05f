#include "rules/facts/generated_values.h"

#include <string>
#include <string_view>

namespace schemaudit {

namespace {

bool has_default_with(const Column& column, std::string_view word) {
  return column.default_value.has_value() && column.default_value->decided &&
         column.default_value->normal.find(word) != std::string::npos;
}

}  // namespace

bool counts_up(const Column& column) {
  return column.identity.has_value() || has_default_with(column, "nextval(");
}

bool is_generated_key(const Column& column) {
  return counts_up(column) || has_default_with(column, "gen_random_uuid") ||
         has_default_with(column, "uuid_generate_") || has_default_with(column, "uuidv");
}

}  // namespace schemaudit
