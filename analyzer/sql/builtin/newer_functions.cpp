#include "analyzer/sql/builtin/newer_functions.h"

#include <algorithm>
#include <iterator>

namespace schemaudit {

namespace {

struct NewerFunction {
  std::string_view name;
  int since;
};

// Sorted by name; what the release notes of each version list for use in SQL (appendix E of the
// manual). Overloads of older names are not here: the name alone tells nothing of them.
constexpr NewerFunction kNewerFunctions[] = {
    {"any_value", 16},
    {"array_reverse", 18},
    {"array_sample", 16},
    {"array_shuffle", 16},
    {"array_sort", 18},
    {"casefold", 18},
    {"crc32", 18},
    {"crc32c", 18},
    {"date_add", 16},
    {"date_subtract", 16},
    {"erf", 16},
    {"erfc", 16},
    {"gamma", 18},
    {"has_largeobject_privilege", 18},
    {"icu_unicode_version", 17},
    {"lgamma", 18},
    {"pg_basetype", 17},
    {"pg_column_toast_chunk_id", 17},
    {"pg_get_acl", 18},
    {"pg_input_error_info", 16},
    {"pg_input_is_valid", 16},
    {"random_normal", 16},
    {"to_bin", 17},
    {"to_oct", 17},
    {"to_regtypemod", 17},
    {"unicode_assigned", 17},
    {"unicode_version", 17},
    {"uuid_extract_timestamp", 17},
    {"uuid_extract_version", 17},
    {"uuidv4", 18},
    {"uuidv7", 18},
    {"xmltext", 17},
};

}  // namespace

int function_since(std::string_view name) {
  const auto* at = std::lower_bound(
      std::begin(kNewerFunctions), std::end(kNewerFunctions), name,
      [](const NewerFunction& row, std::string_view wanted) { return row.name < wanted; });
  return at != std::end(kNewerFunctions) && at->name == name ? at->since : 0;
}

}  // namespace schemaudit
