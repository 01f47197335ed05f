#include "reports/report_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace schemaudit {
namespace {

// `1 critical, 2 high` of the severities that `wanted` admits; empty where there are none.
template <typename Wanted>
std::string list_counts(const Report& report, const Wanted& wanted) {
  std::string text;
  for (Severity severity : kSeverities) {
    const std::size_t count = wanted(severity) ? count_new(report, severity) : 0;
    if (count == 0) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", count, to_string(severity));
  }
  return text;
}

/// `10 known, 1 waived`; empty where every finding is new.
std::string set_aside(const Report& report) {
  std::string text;
  for (const auto& [state, word] :
       {std::pair(FindingState::baseline, "known"), std::pair(FindingState::waived, "waived")}) {
    const auto count = std::count_if(
        report.findings.begin(), report.findings.end(),
        [&, state = state](const Finding& finding) { return finding.state == state; });
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, word);
  }
  return text;
}

std::string no_findings(const Report& report) {
  const std::string aside = set_aside(report);
  return aside.empty() ? "no findings" : fmt::format("no new findings ({})", aside);
}

std::string gate_reason(const Report& report) {
  if (!report.fail_on) {
    const std::string all = list_counts(report, [](Severity) { return true; });
    return all.empty() ? no_findings(report) : "findings do not decide (--fail-on never): " + all;
  }
  const Severity gate = *report.fail_on;
  std::size_t at_or_above = 0;
  for (Severity severity : kSeverities)
    if (severity >= gate) at_or_above += count_new(report, severity);
  const std::string above = list_counts(report, [&](Severity s) { return s >= gate; });
  const std::string below = list_counts(report, [&](Severity s) { return s < gate; });

  std::string text;
  if (at_or_above > 0)
    text = fmt::format("{} at or above {}: {}", counted(at_or_above, "finding"), to_string(gate),
                       above);
  else if (below.empty())
    text = no_findings(report);
  else
    text = fmt::format("no finding at or above {}", to_string(gate));
  if (!below.empty()) text += "; below it: " + below;
  if (report.verdict == Verdict::fail && at_or_above == 0)
    text += "; a metric or criterion of the gate is not met";
  return text;
}

}  // namespace

std::string counted(std::size_t count, std::string_view singular, std::string_view plural) {
  if (count == 1) return fmt::format("1 {}", singular);
  return plural.empty() ? fmt::format("{} {}s", count, singular)
                        : fmt::format("{} {}", count, plural);
}

std::string describe_questions(const SourceReport& source) {
  if (source.questions == 0) return {};
  std::string text =
      counted(source.questions, "query of the config", "queries of the config") + " run on it";
  if (source.unanswered > 0) text += fmt::format(", {} without an answer", source.unanswered);
  return text;
}

std::string first_of(const std::vector<std::string>& names, std::size_t limit) {
  // One name takes no more room than "and 1 more".
  const std::size_t shown = names.size() <= limit + 1 ? names.size() : limit;
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += ", ";
    text += names[i];
  }
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

std::size_t count_tables(const DocumentReading& document) {
  std::set<QualifiedName> names;
  for (const TableReading& table : document.tables) names.insert(table.table);
  return names.size();
}

std::string_view side_name(Role role) {
  switch (role) {
    case Role::documented:
      return "docs";
    case Role::declared:
      return "migrations";
    case Role::modelled:
      return "models";
    case Role::live:
      return "live";
    case Role::before:
      return "before";
  }
  return "";
}

std::string_view behind_sentence(Behind behind) {
  switch (behind) {
    case Behind::docs:
      return "the docs are behind";
    case Behind::migrations:
      return "the migrations are behind";
    case Behind::models:
      return "the models are behind";
    case Behind::live:
      return "the live database is behind";
  }
  return "";
}

std::string_view verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "PASS";
    case Verdict::fail:
      return "FAIL";
    case Verdict::incomplete:
      return "INCOMPLETE";
  }
  return "";
}

std::string verdict_reason(const Report& report) {
  const std::string findings = gate_reason(report);
  if (report.verdict != Verdict::incomplete)
    return report.incomplete_because.empty() ? findings
                                             : findings + "; the evidence is incomplete, too";
  if (report.incomplete_because.empty()) return "the evidence is incomplete; " + findings;
  const std::size_t more = report.incomplete_because.size() - 1;
  return report.incomplete_because.front() +
         (more > 0 ? fmt::format(" (and {})", counted(more, "more reason")) : std::string()) +
         "; " + findings;
}

std::size_t count_new(const Report& report, Severity severity) {
  return static_cast<std::size_t>(
      std::count_if(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
        return finding.severity == severity && finding.state == FindingState::new_;
      }));
}

std::string metric_title(const Metric& metric) {
  std::string title = metric.id;
  std::replace(title.begin(), title.end(), '-', ' ');
  return title;
}

int percent(const Metric& metric) {
  if (metric.denominator == 0) return 0;
  if (metric.numerator >= metric.denominator) return 100;
  if (metric.numerator == 0) return 0;
  const double ratio =
      100.0 * static_cast<double>(metric.numerator) / static_cast<double>(metric.denominator);
  return std::clamp(static_cast<int>(ratio + 0.5), 1, 99);
}

std::string percentage(const Metric& metric) {
  return metric.denominator == 0 ? "nothing to count" : fmt::format("{} %", percent(metric));
}

std::string describe_counts(const SchemaCounts& counts) {
  std::string text;
  const auto add = [&](std::size_t count, std::string_view singular, std::string_view plural = {}) {
    if (count == 0) return;
    if (!text.empty()) text += ", ";
    text += counted(count, singular, plural);
  };
  add(counts.tables, "table");
  add(counts.columns, "column");
  add(counts.constraints, "constraint");
  add(counts.indexes, "index", "indexes");
  add(counts.enums, "enum");
  add(counts.views, "view");
  add(counts.functions, "function");
  return text.empty() ? "nothing" : text;
}

std::string describe_server(const ServerFacts& server) {
  std::string text = "PostgreSQL";
  if (!server.version.empty()) text += " " + server.version;
  if (!server.database.empty()) text += ", database " + server.database;
  if (!server.role.empty()) text += ", role " + server.role;
  return text;
}

std::string short_digest(std::string_view digest) {
  return std::string(digest.substr(0, 12));
}

const Location* first_place(const Finding& finding) {
  for (const Location& location : finding.locations)
    if (location.origin.from_file()) return &location;
  return nullptr;
}

std::string place_of(const Origin& origin) {
  if (!origin.from_file()) return "catalog";
  return origin.line > 0 ? fmt::format("{}:{}", origin.uri, origin.line) : origin.uri;
}

std::string place_of(const Finding& finding) {
  const Location* location = first_place(finding);
  return place_of(location ? location->origin : Origin{});
}

}  // namespace schemaudit
