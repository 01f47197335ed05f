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

/// not_null_violation, check_violation, with_check_option_violation: what their DETAIL shows is a
/// whole row (PostgreSQL 15, ExecBuildSlotValueDescription).
constexpr std::array<std::string_view, 3> kShowsTheRow = {"23502", "23514", "44000"};

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

std::string without_secret_literal(std::string_view message, std::string_view sqlstate,
                                   std::string_view sql) {
  const std::size_t open = message.find('"'), close = message.rfind('"');
  if (!sqlstate.starts_with("22") || open == close || !names_a_secret(sql))
    return std::string(message);
  return std::string(message.substr(0, open + 1)) + kHidden + std::string(message.substr(close));
}

std::string without_secret_values(std::string_view detail, std::string_view sqlstate,
                                  const std::optional<std::vector<std::string>>& columns) {
  auto with_hidden = [&](std::size_t open) {
    const std::size_t close = detail.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
      return std::string(detail);
    return std::string(detail.substr(0, open + 1)) + kHidden + std::string(detail.substr(close));
  };
  // `(id, token)=(1, x)`, and `(id, token) = (1, x)` where the role may not see all of the row.
  for (std::string_view between : {")=(", ") = ("})
    if (const std::size_t at = detail.find(between); at != std::string_view::npos)
      return names_a_secret(detail.substr(0, at)) ? with_hidden(at + between.size() - 1)
                                                  : without_secret_members(detail);
  const bool shows_row =
      std::find(kShowsTheRow.begin(), kShowsTheRow.end(), sqlstate) != kShowsTheRow.end();
  if (shows_row && (!columns || std::any_of(columns->begin(), columns->end(), names_a_secret)))
    return with_hidden(detail.find('('));
  return without_secret_members(detail);
}

}  // namespace schemaudit
