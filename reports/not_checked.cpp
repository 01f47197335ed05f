#include "reports/not_checked.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/report_words.h"

namespace schemaudit {
namespace {

bool is_given(const Report& report, Role role) {
  return std::any_of(report.sources.begin(), report.sources.end(),
                     [&](const SourceReport& source) { return source.role == role; });
}

void add_missing_sources(const Report& report, std::vector<NotChecked>& gaps) {
  if (!is_given(report, Role::documented))
    gaps.push_back({"documents", "none were given, so nothing says what the schema should be"});
  if (!is_given(report, Role::live)) {
    const bool built = is_given(report, Role::declared) || is_given(report, Role::modelled);
    gaps.push_back({"a live database", built ? "none was given, so nothing is said of what it has"
                                             : "none was given, so the documents were compared "
                                               "with nothing"});
  }
  std::vector<std::string> others;
  if (!is_given(report, Role::declared)) others.push_back("migrations");
  if (!is_given(report, Role::modelled)) others.push_back("models");
  if (!others.empty()) gaps.push_back({first_of(others, others.size()), "none were given"});
}

// What is among the reasons for incomplete evidence is not told twice.
bool is_told(const Report& report, const Problem& problem) {
  return std::any_of(
      report.incomplete_because.begin(), report.incomplete_because.end(),
      [&](const std::string& reason) { return reason.find(problem.message) != std::string::npos; });
}

void add_source(const Report& report, const SourceReport& source, std::vector<NotChecked>& gaps) {
  for (const HiddenFact& hidden : source.visibility.hidden) {
    std::string why =
        fmt::format("the role was shown {} of {} rows", hidden.shown, hidden.expected);
    if (!hidden.relations.empty()) why += " (" + first_of(hidden.relations, 3) + ")";
    why += hidden.known_otherwise ? "; pg_catalog showed the rest, which was checked"
                                  : "; no other catalog shows the rest";
    gaps.push_back({"information_schema." + hidden.view, why, !hidden.known_otherwise});
  }
  for (const Problem& problem : source.unanalysed)
    if (!is_told(report, problem))
      gaps.push_back({place_of(problem.origin), problem.message, true});
  for (const DocumentReading& document : source.documents) {
    if (document.state == DocumentState::current) continue;
    const bool planned = document.state == DocumentState::planned;
    gaps.push_back(
        {document.uri,
         fmt::format("its state is {}: {}", to_string(document.state),
                     planned ? "what is not live yet is no finding" : "it was not compared"),
         false});
  }
  for (const LeftOut& left_out : source.left_out) {
    const std::string why = left_out.count > 1
                                ? fmt::format("{} ({} objects)", left_out.why, left_out.count)
                                : left_out.why;
    gaps.push_back({left_out.what, why, false});
  }
}

}  // namespace

std::vector<NotChecked> not_checked(const Report& report) {
  std::vector<NotChecked> gaps;
  for (const std::string& reason : report.incomplete_because)
    gaps.push_back({"incomplete evidence", reason, true});
  add_missing_sources(report, gaps);
  for (const SourceReport& source : report.sources) add_source(report, source, gaps);
  std::stable_sort(gaps.begin(), gaps.end(), [](const NotChecked& a, const NotChecked& b) {
    return a.may_hide && !b.may_hide;
  });
  return gaps;
}

std::vector<RulesNotRun> rules_not_run(const Report& report) {
  std::vector<RulesNotRun> groups;
  for (RuleStatus status : {RuleStatus::crashed, RuleStatus::not_run}) {
    for (const RuleReport& rule : report.rules) {
      if (rule.status != status) continue;
      const bool crashed = status == RuleStatus::crashed;
      auto group = std::find_if(groups.begin(), groups.end(), [&](const RulesNotRun& other) {
        return other.crashed == crashed && other.reason == rule.reason;
      });
      if (group == groups.end()) {
        groups.push_back({rule.reason, crashed, {}});
        group = groups.end() - 1;
      }
      group->rules.push_back(rule.id);
    }
  }
  return groups;
}

}  // namespace schemaudit
