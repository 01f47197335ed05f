#include "analyzer/engine/merged_reports.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "analyzer/engine/actions.h"
#include "rules/rule.h"

namespace schemaudit {

namespace {

constexpr std::size_t kNamed = 5;

/// `a, b and 3 more`.
std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kNamed; ++i)
    text += (text.empty() ? "" : ", ") + names[i];
  if (names.size() > kNamed) text += " and " + std::to_string(names.size() - kNamed) + " more";
  return text;
}

/// What makes two findings of two reports the same one.
auto sameness(const Finding& finding) {
  const FindingEvidence& said = finding.evidence;
  return std::tuple(finding.fingerprint, finding.severity, finding.message, said.documented,
                    said.declared, said.modelled, said.live, said.before, finding.state);
}

struct Merged {
  Finding finding;
  std::vector<std::string> in;
};

std::vector<Finding> merge_findings(const std::vector<NamedReport>& reports) {
  using Key = decltype(sameness(std::declval<const Finding&>()));
  std::map<Key, Merged> merged;
  for (const NamedReport& each : reports)
    for (const Finding& finding : each.report.findings) {
      Merged& into = merged[sameness(finding)];
      if (into.in.empty()) into.finding = finding;
      into.in.push_back(each.name);
    }
  std::map<std::string, int> variants;
  for (const auto& [key, each] : merged) ++variants[each.finding.fingerprint];
  std::vector<Finding> findings;
  for (auto& [key, each] : merged) {
    Finding finding = std::move(each.finding);
    if (reports.size() > 1)
      finding.message += each.in.size() == reports.size()
                             ? " (in all " + std::to_string(reports.size()) + ")"
                             : " (in " + std::to_string(each.in.size()) + " of " +
                                   std::to_string(reports.size()) + ": " + listed(each.in) + ")";
    // Two that differ need two names.
    if (variants[finding.fingerprint] > 1)
      finding.fingerprint =
          fingerprint(finding.rule, finding.object, finding.fingerprint + "@" + listed(each.in));
    findings.push_back(std::move(finding));
  }
  sort_findings(findings);
  return findings;
}

RuleStatus worse(RuleStatus a, RuleStatus b) {
  // A part that did not look does not undo what another has seen, and no pass is claimed for it.
  static const std::vector<RuleStatus> order = {RuleStatus::passed, RuleStatus::not_run,
                                                RuleStatus::failed, RuleStatus::crashed};
  auto rank = [&](RuleStatus status) { return std::find(order.begin(), order.end(), status); };
  return rank(a) < rank(b) ? b : a;
}

std::vector<RuleReport> merge_rules(const std::vector<NamedReport>& reports) {
  std::map<std::string, RuleReport> merged;
  for (const NamedReport& each : reports)
    for (const RuleReport& rule : each.report.rules) {
      auto [at, added] = merged.emplace(rule.id, rule);
      if (added) continue;
      RuleReport& into = at->second;
      if (worse(into.status, rule.status) != into.status) into.reason = rule.reason;
      into.status = worse(into.status, rule.status);
      into.severity = std::max(into.severity, rule.severity);
      into.checked += rule.checked;
    }
  std::vector<RuleReport> rules;
  for (auto& [id, rule] : merged) {
    if (const Rule* known = find_rule(id)) {
      rule.category = std::string(known->info.category);
      rule.summary = std::string(known->info.summary);
      rule.docs = std::string(known->info.docs);
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

std::vector<Metric> merge_metrics(const std::vector<NamedReport>& reports) {
  std::vector<Metric> metrics;
  for (const NamedReport& each : reports)
    for (const Metric& metric : each.report.metrics) {
      auto at = std::find_if(metrics.begin(), metrics.end(),
                             [&](const Metric& known) { return known.id == metric.id; });
      if (at == metrics.end()) at = metrics.insert(metrics.end(), Metric{metric.id});
      at->numerator += metric.numerator;
      at->denominator += metric.denominator;
      for (const std::string& member : metric.members)
        at->members.push_back(reports.size() > 1 ? each.name + ": " + member : member);
    }
  return metrics;
}

std::vector<Question> merge_questions(const std::vector<NamedReport>& reports) {
  std::vector<Question> questions;
  for (const NamedReport& each : reports)
    for (const Question& question : each.report.questions) {
      auto at = std::find_if(questions.begin(), questions.end(), [&](const Question& known) {
        return known.rule == question.rule && known.config == question.config;
      });
      if (at == questions.end())
        questions.push_back(question);
      else if (question.count > at->count)
        *at = question;
    }
  return questions;
}

std::vector<CriterionReport> merge_criteria(const std::vector<NamedReport>& reports) {
  std::vector<CriterionReport> criteria;
  auto rank = [](CriterionState state) {
    return state == CriterionState::met ? 0 : state == CriterionState::not_evaluated ? 1 : 2;
  };
  for (const NamedReport& each : reports)
    for (const CriterionReport& criterion : each.report.criteria) {
      auto at = std::find_if(criteria.begin(), criteria.end(), [&](const CriterionReport& known) {
        return known.text == criterion.text;
      });
      if (at == criteria.end()) {
        criteria.push_back(criterion);
      } else if (rank(criterion.state) > rank(at->state)) {
        *at = criterion;
        at->reason = each.name + ": " + criterion.reason;
      }
    }
  return criteria;
}

Verdict worst(const std::vector<NamedReport>& reports) {
  Verdict verdict = Verdict::pass;
  for (const NamedReport& each : reports) {
    if (each.report.verdict == Verdict::fail) return Verdict::fail;
    if (each.report.verdict == Verdict::incomplete) verdict = Verdict::incomplete;
  }
  return verdict;
}

}  // namespace

Report merge_reports(std::vector<NamedReport> reports) {
  Report merged;
  const Report& first = reports.front().report;
  merged.tool_version = first.tool_version;
  merged.verdict = worst(reports);
  merged.fail_on = first.fail_on;
  for (const NamedReport& each : reports) {
    const Report& report = each.report;
    // The strictest gate: what failed one of them fails the whole.
    if (report.fail_on && (!merged.fail_on || *report.fail_on < *merged.fail_on))
      merged.fail_on = report.fail_on;
    for (const std::string& reason : report.incomplete_because)
      merged.incomplete_because.push_back(each.name + ": " + reason);
    for (SourceReport source : report.sources) {
      if (reports.size() > 1) source.name = each.name + ": " + source.name;
      merged.sources.push_back(std::move(source));
    }
    if (report.run.started_at < merged.run.started_at || merged.run.started_at.empty())
      merged.run.started_at = report.run.started_at;
    merged.run.finished_at = std::max(merged.run.finished_at, report.run.finished_at);
    merged.run.seconds += report.run.seconds;
    if (report.baseline) {
      if (!merged.baseline) merged.baseline = BaselineFacts{report.baseline->file};
      merged.baseline->entries += report.baseline->entries;
      merged.baseline->stale += report.baseline->stale;
    }
  }
  merged.rules = merge_rules(reports);
  merged.findings = merge_findings(reports);
  for (RuleReport& rule : merged.rules)
    rule.findings = static_cast<std::size_t>(
        std::count_if(merged.findings.begin(), merged.findings.end(),
                      [&](const Finding& finding) { return finding.rule == rule.id; }));
  if (merged.baseline)
    merged.baseline->known = static_cast<std::size_t>(std::count_if(
        merged.findings.begin(), merged.findings.end(),
        [](const Finding& finding) { return finding.state == FindingState::baseline; }));
  merged.metrics = merge_metrics(reports);
  merged.questions = merge_questions(reports);
  merged.criteria = merge_criteria(reports);
  merged.actions = actions_for(merged.findings, "the SQL files");
  return merged;
}

}  // namespace schemaudit
