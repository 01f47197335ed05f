#include "analyzer/sql/time_literal.h"

#include <array>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace schemaudit {

namespace {

constexpr std::int64_t kSecond = 1'000'000, kMinute = 60 * kSecond, kHour = 60 * kMinute,
                       kDay = 24 * kHour;
// Longer than any interval that is meant, and far from what 64 bits hold.
constexpr std::int64_t kLongest = 2'000'000'000'000'000'000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string lower(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return folded;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
    text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
    text.remove_suffix(1);
  return text;
}

/// Reads at most `most` digits from the front of `text`; false where there is none.
bool take_number(std::string_view& text, std::size_t most, std::int64_t& value) {
  std::size_t length = 0;
  value = 0;
  while (length < text.size() && length < most && is_digit(text[length]))
    value = value * 10 + (text[length++] - '0');
  text.remove_prefix(length);
  return length > 0;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

/// `.25` -> 250000; false for more digits than are stored.
bool take_fraction(std::string_view& text, std::int64_t& microseconds) {
  microseconds = 0;
  if (!take(text, '.')) return true;
  std::int64_t scale = 100'000;
  while (!text.empty() && is_digit(text.front())) {
    if (scale == 0 && text.front() != '0') return false;
    microseconds += (text.front() - '0') * scale;
    scale /= 10;
    text.remove_prefix(1);
  }
  return true;
}

/// `10:30[:00[.5]]`
bool take_clock(std::string_view& text, std::int64_t& microseconds) {
  std::int64_t hour = 0, minute = 0, second = 0, fraction = 0;
  if (!take_number(text, 2, hour) || !take(text, ':') || !take_number(text, 2, minute))
    return false;
  if (take(text, ':') && (!take_number(text, 2, second) || !take_fraction(text, fraction)))
    return false;
  if (minute > 59 || second > 59) return false;
  microseconds = hour * kHour + minute * kMinute + second * kSecond + fraction;
  return true;
}

std::string clock_text(std::int64_t microseconds) {
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "%02lld:%02lld:%02lld",
                static_cast<long long>(microseconds / kHour),
                static_cast<long long>(microseconds / kMinute % 60),
                static_cast<long long>(microseconds / kSecond % 60));
  std::string text = buffer;
  if (std::int64_t fraction = microseconds % kSecond) {
    std::snprintf(buffer, sizeof buffer, ".%06lld", static_cast<long long>(fraction));
    text += buffer;
    while (text.back() == '0') text.pop_back();
  }
  return text;
}

// Days since 1970-01-01 and back, in the proleptic Gregorian calendar (H. Hinnant's algorithms).
std::int64_t days_of(std::int64_t year, std::int64_t month, std::int64_t day) {
  year -= month <= 2;
  std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  std::int64_t of_era = year - era * 400;
  std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

std::string date_text(std::int64_t days) {
  days += 719'468;
  std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  std::int64_t of_era = days - era * 146'097;
  std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  std::int64_t shifted = (5 * of_year + 2) / 153;
  std::int64_t day = of_year - (153 * shifted + 2) / 5 + 1;
  std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  std::int64_t year = year_of_era + era * 400 + (month <= 2);
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%04lld-%02lld-%02lld", static_cast<long long>(year),
                static_cast<long long>(month), static_cast<long long>(day));
  return buffer;
}

bool take_date(std::string_view& text, std::int64_t& days) {
  std::int64_t year = 0, month = 0, day = 0;
  std::string_view rest = text;
  if (!take_number(rest, 4, year) || text.size() - rest.size() != 4) return false;
  bool dashed = take(rest, '-');
  if (!take_number(rest, 2, month) || (dashed && !take(rest, '-')) || !take_number(rest, 2, day))
    return false;
  if (!dashed && text.size() - rest.size() != 8) return false;
  if (!rest.empty() && is_digit(rest.front())) return false;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return false;
  days = days_of(year, month, day);
  // The 31st of a short month is none.
  if (date_text(days).substr(8) != std::to_string(day / 10) + std::to_string(day % 10))
    return false;
  text = rest;
  return true;
}

/// `Z`, `+02`, `-03:30`, `UTC`: microseconds east of Greenwich.
bool take_zone(std::string_view& text, std::int64_t& east) {
  std::string folded = lower(trimmed(text));
  east = 0;
  if (folded == "z" || folded == "utc" || folded == "gmt" || folded == "zulu") {
    text = {};
    return true;
  }
  std::string_view rest = folded;
  bool west = !rest.empty() && rest.front() == '-';
  if (!take(rest, '+') && !take(rest, '-')) return false;
  std::int64_t hours = 0, minutes = 0;
  if (!take_number(rest, 2, hours)) return false;
  take(rest, ':');
  if (!rest.empty() && !take_number(rest, 2, minutes)) return false;
  if (!rest.empty() || hours > 15 || minutes > 59) return false;
  east = (hours * kHour + minutes * kMinute) * (west ? -1 : 1);
  text = {};
  return true;
}

/// The precision in `timestamp(3) without time zone`; 6 where there is none.
int precision_of(std::string_view type) {
  std::size_t open = type.find('(');
  if (open == std::string_view::npos || open + 1 >= type.size() || !is_digit(type[open + 1]))
    return 6;
  return type[open + 1] - '0';
}

std::int64_t rounded(std::int64_t microseconds, int precision) {
  std::int64_t unit = 1;
  for (int i = precision; i < 6; ++i) unit *= 10;
  std::int64_t half = microseconds < 0 ? -unit / 2 : unit / 2;
  return (microseconds + half) / unit * unit;
}

struct Span {
  std::int64_t months = 0, days = 0, microseconds = 0;
};

enum class Unit { microsecond, millisecond, second, minute, hour, day, week, month, year, none };

Unit unit_of(std::string_view word) {
  struct Named {
    std::string_view name;
    Unit unit;
  };
  constexpr std::array<Named, 43> kUnits = {{{"us", Unit::microsecond},
                                             {"usec", Unit::microsecond},
                                             {"usecs", Unit::microsecond},
                                             {"usecond", Unit::microsecond},
                                             {"useconds", Unit::microsecond},
                                             {"microsecond", Unit::microsecond},
                                             {"microseconds", Unit::microsecond},
                                             {"ms", Unit::millisecond},
                                             {"msec", Unit::millisecond},
                                             {"msecs", Unit::millisecond},
                                             {"millisecond", Unit::millisecond},
                                             {"milliseconds", Unit::millisecond},
                                             {"s", Unit::second},
                                             {"sec", Unit::second},
                                             {"secs", Unit::second},
                                             {"second", Unit::second},
                                             {"seconds", Unit::second},
                                             {"m", Unit::minute},
                                             {"min", Unit::minute},
                                             {"mins", Unit::minute},
                                             {"minute", Unit::minute},
                                             {"minutes", Unit::minute},
                                             {"h", Unit::hour},
                                             {"hr", Unit::hour},
                                             {"hrs", Unit::hour},
                                             {"hour", Unit::hour},
                                             {"hours", Unit::hour},
                                             {"d", Unit::day},
                                             {"day", Unit::day},
                                             {"days", Unit::day},
                                             {"w", Unit::week},
                                             {"week", Unit::week},
                                             {"weeks", Unit::week},
                                             {"mon", Unit::month},
                                             {"mons", Unit::month},
                                             {"month", Unit::month},
                                             {"months", Unit::month},
                                             {"y", Unit::year},
                                             {"yr", Unit::year},
                                             {"yrs", Unit::year},
                                             {"year", Unit::year},
                                             {"years", Unit::year},
                                             {"", Unit::none}}};
  for (const Named& named : kUnits)
    if (named.name == word) return named.unit;
  return Unit::none;
}

/// The unit of a bare number: the last field of the type, seconds where it has none.
Unit last_field(std::string_view type) {
  std::string_view fields = type.substr(0, type.find('('));
  std::size_t space = fields.rfind(' ');
  Unit unit = space == std::string_view::npos ? Unit::none : unit_of(fields.substr(space + 1));
  return unit == Unit::none ? Unit::second : unit;
}

/// False where a fraction of the unit is no exact part of an interval.
bool add(Span& span, std::int64_t whole, std::int64_t millionths, Unit unit) {
  auto time = [&](std::int64_t unit_microseconds) {
    if (std::llabs(whole) > 1'000'000'000'000LL / (unit_microseconds / kSecond + 1)) return false;
    span.microseconds += whole * unit_microseconds + millionths * (unit_microseconds / kSecond);
    return true;
  };
  switch (unit) {
    case Unit::microsecond:
      span.microseconds += whole;
      return millionths == 0;
    case Unit::millisecond:
      span.microseconds += whole * 1000 + millionths / 1000;
      return millionths % 1000 == 0;
    case Unit::second:
      return time(kSecond);
    case Unit::minute:
      return time(kMinute);
    case Unit::hour:
      return time(kHour);
    case Unit::day:
      span.days += whole;
      span.microseconds += millionths * (kDay / kSecond);
      return true;
    case Unit::week:
      span.days += whole * 7;
      return millionths == 0;
    case Unit::month:
      span.months += whole;
      return millionths == 0;
    case Unit::year:
      span.months += whole * 12;
      return millionths == 0;
    case Unit::none:
      return false;
  }
  return false;
}

/// `P1Y2M3DT4H5M6S`
bool parse_iso_interval(std::string_view text, Span& span) {
  bool in_time = false, any = false;
  while (!text.empty()) {
    if (std::llabs(span.microseconds) > kLongest) return false;
    if (take(text, 't')) {
      in_time = true;
      continue;
    }
    bool minus = take(text, '-');
    if (!minus) take(text, '+');
    std::int64_t whole = 0, millionths = 0;
    if (!take_number(text, 15, whole) || !take_fraction(text, millionths) || text.empty())
      return false;
    Unit unit = Unit::none;
    switch (text.front()) {
      case 'y':
        unit = Unit::year;
        break;
      case 'm':
        unit = in_time ? Unit::minute : Unit::month;
        break;
      case 'w':
        unit = Unit::week;
        break;
      case 'd':
        unit = Unit::day;
        break;
      case 'h':
        unit = Unit::hour;
        break;
      case 's':
        unit = Unit::second;
        break;
      default:
        return false;
    }
    text.remove_prefix(1);
    if (!add(span, minus ? -whole : whole, minus ? -millionths : millionths, unit)) return false;
    any = true;
  }
  return any;
}

bool parse_interval(std::string_view text, std::string_view type, Span& span) {
  if (take(text, 'p')) return parse_iso_interval(text, span);
  bool any = false, ago = false;
  while (true) {
    text = trimmed(text);
    if (text.empty()) break;
    if (std::llabs(span.microseconds) > kLongest) return false;
    if (take(text, '@')) continue;
    if (text == "ago" && any) {
      ago = true;
      break;
    }
    bool minus = text.front() == '-';
    if (minus || text.front() == '+') text.remove_prefix(1);
    std::int64_t sign = minus ? -1 : 1;
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    if (digits < text.size() && digits > 0 && text[digits] == ':') {
      // Hours may have more digits than a clock shows.
      std::int64_t hours = 0, minutes = 0, seconds = 0, fraction = 0;
      if (!take_number(text, 7, hours) || !take(text, ':')) return false;
      if (!take_number(text, 2, minutes) || minutes > 59) return false;
      if (take(text, ':')) {
        if (!take_number(text, 2, seconds) || !take_fraction(text, fraction) || seconds > 59)
          return false;
      } else if (type.find("minute to second") != std::string_view::npos) {
        return false;
      }
      span.microseconds +=
          sign * (hours * kHour + minutes * kMinute + seconds * kSecond + fraction);
      any = true;
      continue;
    }
    if (digits > 0 && digits < text.size() && text[digits] == '-') {
      std::int64_t years = 0, months = 0;
      take_number(text, 9, years);
      take(text, '-');
      if (!take_number(text, 2, months) || months > 11) return false;
      span.months += sign * (years * 12 + months);
      any = true;
      continue;
    }
    std::int64_t whole = 0, millionths = 0;
    bool number = take_number(text, 15, whole);
    bool point = !text.empty() && text.front() == '.';
    if ((!number && !point) || !take_fraction(text, millionths)) return false;
    text = trimmed(text);
    std::size_t length = 0;
    while (length < text.size() && std::isalpha(static_cast<unsigned char>(text[length]))) ++length;
    Unit unit = Unit::none;
    if (length > 0 && text.substr(0, length) != "ago") {
      unit = unit_of(text.substr(0, length));
      if (unit == Unit::none) return false;
      text.remove_prefix(length);
    } else {
      // `1 12:00:00` is a day and twelve hours.
      std::string_view next = text;
      if (!next.empty() && (next.front() == '-' || next.front() == '+')) next.remove_prefix(1);
      std::int64_t ignored = 0;
      bool clock = take_number(next, 9, ignored) && !next.empty() && next.front() == ':';
      unit = clock ? Unit::day : last_field(type);
    }
    if (!add(span, sign * whole, sign * millionths, unit)) return false;
    any = true;
  }
  if (ago) span = {-span.months, -span.days, -span.microseconds};
  return any;
}

/// AdjustIntervalForTypmod(): what is finer than the type's last field is cut off.
void cut(Span& span, std::string_view type) {
  std::string_view fields = type.substr(0, type.find('('));
  auto to = [&](std::int64_t unit) { span.microseconds -= span.microseconds % unit; };
  switch (fields == "interval" ? Unit::none : last_field(type)) {
    case Unit::year:
      span.months -= span.months % 12;
      span.days = span.microseconds = 0;
      break;
    case Unit::month:
      span.days = span.microseconds = 0;
      break;
    case Unit::day:
      span.microseconds = 0;
      break;
    case Unit::hour:
      to(kHour);
      break;
    case Unit::minute:
      to(kMinute);
      break;
    default:
      break;
  }
  span.microseconds = rounded(span.microseconds, precision_of(type));
}

}  // namespace

std::optional<std::string> canonical_interval(std::string_view text, std::string_view type) {
  Span span;
  if (!parse_interval(lower(trimmed(text)), type, span)) return std::nullopt;
  cut(span, type);
  std::string shown;
  if (span.months != 0) shown = std::to_string(span.months) + " mons";
  if (span.days != 0) shown += (shown.empty() ? "" : " ") + std::to_string(span.days) + " days";
  if (span.microseconds != 0 || shown.empty()) {
    if (!shown.empty()) shown += ' ';
    if (span.microseconds < 0) shown += '-';
    shown += clock_text(std::llabs(span.microseconds));
  }
  return shown;
}

std::optional<std::string> canonical_time(std::string_view text, std::string_view type) {
  text = trimmed(text);
  const bool zoned = type.ends_with("with time zone");
  const int precision = precision_of(type);
  std::int64_t days = 0, clock = 0, east = 0;
  if (type.starts_with("time") && !type.starts_with("timestamp")) {
    if (!take_clock(text, clock)) return std::nullopt;
    text = trimmed(text);
    if (!text.empty() && !take_zone(text, east)) return std::nullopt;
    std::string shown = clock_text(rounded(clock, precision));
    if (!zoned) return shown;
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%c%02lld:%02lld", east < 0 ? '-' : '+',
                  static_cast<long long>(std::llabs(east) / kHour),
                  static_cast<long long>(std::llabs(east) / kMinute % 60));
    return shown + buffer;
  }
  std::string folded = lower(text);
  if (folded == "infinity" || folded == "-infinity") return folded;
  if (folded == "epoch") return "1970-01-01";
  if (!take_date(text, days)) return std::nullopt;
  if (!text.empty() && (text.front() == 'T' || text.front() == 't')) text.remove_prefix(1);
  text = trimmed(text);
  if (!text.empty() && is_digit(text.front())) {
    if (!take_clock(text, clock)) return std::nullopt;
    text = trimmed(text);
  }
  if (!text.empty() && !take_zone(text, east)) return std::nullopt;
  if (type == "date") return date_text(days);
  clock = rounded(clock, precision) - (zoned ? east : 0);
  while (clock < 0) {
    clock += kDay;
    --days;
  }
  while (clock >= kDay) {
    clock -= kDay;
    ++days;
  }
  return clock == 0 ? date_text(days) : date_text(days) + " " + clock_text(clock);
}

std::optional<std::string> next_day(std::string_view date) {
  std::int64_t days = 0;
  if (!take_date(date, days) || !date.empty()) return std::nullopt;
  return date_text(days + 1);
}

}  // namespace schemaudit
