#include "analyzer/model/secret_names.h"

#include <algorithm>
#include <array>

#include "analyzer/model/json_members.h"
#include "analyzer/model/names.h"
#include "analyzer/model/redact.h"

namespace schemaudit {

namespace {

constexpr const char* kHidden = "***";

/// boolean, date, time, timestamp, interval, and those with a time zone.
constexpr std::array<unsigned, 7> kHarmlessTypes = {16, 1082, 1083, 1114, 1184, 1186, 1266};

}  // namespace

bool names_a_secret(std::string_view name) {
  const std::string folded = fold_case(name);
  for (const char* word : {"password", "passwd", "secret", "token", "api_key", "credential"})
    if (folded.find(word) != std::string::npos) return true;
  return false;
}

std::string without_secret_members(std::string_view text) {
  std::string safe;
  std::size_t kept = 0;
  for (const ByteSpan& value : json_values(text, names_a_secret)) {
    safe.append(text.substr(kept, value.offset - kept)).append(kHidden);
    kept = value.offset + value.length;
  }
  return safe.append(text.substr(kept));
}

bool hides_values(const LiveAnswer& answer, std::size_t column) {
  if (column < answer.types.size() && std::find(kHarmlessTypes.begin(), kHarmlessTypes.end(),
                                                answer.types[column]) != kHarmlessTypes.end())
    return false;
  return (column < answer.columns.size() && names_a_secret(answer.columns[column])) ||
         (column < answer.table_columns.size() && names_a_secret(answer.table_columns[column]));
}

std::string shown_cell(const LiveAnswer& answer, std::size_t row, std::size_t column) {
  const std::optional<std::string>& cell = answer.rows.at(row).at(column);
  if (!cell) return "NULL";
  return hides_values(answer, column) ? kHidden : redact(without_secret_members(*cell));
}

}  // namespace schemaudit
