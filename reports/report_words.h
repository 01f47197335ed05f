// The words in which reports for people speak of a Report, so that text and HTML say the same.
//
//   counted(1, "table")                          1 table
//   first_of({"a", "b", "c", "d"}, 2)            a, b and 2 more
//   percentage({"documented-tables", 12, 14})    86 %
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/report.h"

namespace schemaudit {

/// Most severe first, the order in which people read.
inline constexpr std::array<Severity, 5> kSeverities = {
    Severity::critical, Severity::high, Severity::medium, Severity::low, Severity::info};

/// `2 tables`; `plural` where an s is not enough.
std::string counted(std::size_t count, std::string_view singular, std::string_view plural = {});
std::string first_of(const std::vector<std::string>& names, std::size_t limit);

/// How many tables a document speaks of; one that it tells in several forms counts once.
std::size_t count_tables(const DocumentReading& document);

/// `3 queries of the config run on it, 1 without an answer`; empty where there are none.
std::string describe_questions(const SourceReport& source);

/// `docs`, `migrations`, `models`, `live`, `before`.
std::string_view side_name(Role role);
/// `the docs are behind`.
std::string_view behind_sentence(Behind behind);

/// `PASS`, `FAIL`, `INCOMPLETE`.
std::string_view verdict_word(Verdict verdict);
/// Why, in half a sentence: `2 findings at or above high: 1 critical, 1 high`.
std::string verdict_reason(const Report& report);

/// Findings that are neither waived nor in the baseline.
std::size_t count_new(const Report& report, Severity severity);

/// `documented tables` of `documented-tables`.
std::string metric_title(const Metric& metric);
/// Rounded, but 100 % only where nothing is missing and 0 % only where nothing is there.
int percent(const Metric& metric);
std::string percentage(const Metric& metric);

/// `4 tables, 31 columns, 12 constraints`; kinds of which there are none are left out.
std::string describe_counts(const SchemaCounts& counts);
/// `PostgreSQL 15.18, database app, role reader`.
std::string describe_server(const ServerFacts& server);
/// The first 12 digits, enough to tell two apart by eye.
std::string short_digest(std::string_view digest);

/// The first location in a file, else nullptr.
const Location* first_place(const Finding& finding);
/// `docs/users.md:12`; the catalog where no file speaks of it.
std::string place_of(const Finding& finding);
std::string place_of(const Origin& origin);

}  // namespace schemaudit
