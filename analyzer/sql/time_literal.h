// Dates, times and intervals as PostgreSQL reads and prints them. Private to analyzer/sql.
//
//   canonical_interval("36 hours 1 week", "interval")          7 days 36:00:00
//   canonical_time("2025-01-01T10:00+02", "timestamp with time zone")   2025-01-01 08:00:00
//
// A time that names no zone is taken for UTC, as introspection sets it. Unset: the spelling
// depends on settings or on the moment ('now', '1/2/2025'), or is none at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace schemaudit {

/// `type` with its fields and precision, as format_type() spells it.
std::optional<std::string> canonical_interval(std::string_view text, std::string_view type);
/// Of a date, time or timestamp type. Midnight of a timestamp is left out.
std::optional<std::string> canonical_time(std::string_view text, std::string_view type);
/// `2024-02-28` -> `2024-02-29`; unset for what is no plain date.
std::optional<std::string> next_day(std::string_view date);

}  // namespace schemaudit
