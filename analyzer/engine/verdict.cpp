#include "analyzer/engine/verdict.h"

#include <fmt/format.h>

#include <algorithm>

namespace schemaudit {

namespace {

const Metric* find_metric(const Report& report, const std::string& id) {
  for (const Metric& metric : report.metrics)
    if (metric.id == id) return &metric;
  return nullptr;
}

/// Nothing to count is nothing missed.
double ratio(const Metric& metric) {
  if (metric.denominator == 0) return 1.0;
  return static_cast<double>(metric.numerator) / static_cast<double>(metric.denominator);
}

double threshold_of(const Config& config, const std::string& id) {
  auto threshold = config.metric_thresholds.find(id);
  return threshold == config.metric_thresholds.end() ? 1.0 : threshold->second;
}

CriterionState state_of_rule(const Report& report, const std::string& id) {
  for (const RuleReport& rule : report.rules) {
    if (rule.id != id) continue;
    if (rule.status == RuleStatus::not_run || rule.status == RuleStatus::crashed)
      return CriterionState::not_evaluated;
    bool breached =
        std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
          return finding.rule == id && finding.state == FindingState::new_ &&
                 (finding.severity > Severity::info || rule.severity == Severity::info);
        });
    return breached ? CriterionState::not_met : CriterionState::met;
  }
  return CriterionState::not_evaluated;
}

CriterionState decide(const Config& config, const Report& report, const std::string& decider) {
  if (const Metric* metric = find_metric(report, decider))
    return ratio(*metric) >= threshold_of(config, decider) ? CriterionState::met
                                                           : CriterionState::not_met;
  return state_of_rule(report, decider);
}

/// A breach is one without an earlier state, too; that nothing has changed takes one to compare
/// with.
CriterionState state_of_freeze(const Report& report, const IsolationPolicy& policy) {
  const std::string rule = "frozen-object-changed";
  bool breached =
      std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
        return finding.rule == rule && finding.key == policy.name &&
               finding.state == FindingState::new_;
      });
  if (breached) return CriterionState::not_met;
  bool compared =
      std::any_of(report.sources.begin(), report.sources.end(),
                  [](const SourceReport& source) { return source.role == Role::before; });
  bool ran = std::any_of(report.rules.begin(), report.rules.end(), [&](const RuleReport& each) {
    return each.id == rule &&
           (each.status == RuleStatus::passed || each.status == RuleStatus::failed);
  });
  return compared && ran ? CriterionState::met : CriterionState::not_evaluated;
}

}  // namespace

std::vector<std::string> reasons_for_doubt(const AuditInput& input) {
  std::vector<std::string> reasons;
  bool any_table = false;
  for (const SourceResult& source : input.sources) {
    if (!source.schema.relations.empty()) any_table = true;
    // Documents are claims, not scripts: a statement in them changes no database.
    bool is_script = source.role != Role::documented && source.role != Role::live;
    for (const Problem& problem : source.problems) {
      // What a script says and nobody could follow, or PostgreSQL would not take, is not known.
      bool counts =
          problem.kind == ProblemKind::unreadable ||
          (is_script &&
           (problem.kind == ProblemKind::unanalysed || problem.kind == ProblemKind::refused ||
            problem.kind == ProblemKind::invalid_sql || problem.kind == ProblemKind::newer_syntax));
      if (!counts) continue;
      std::string where = problem.origin.from_file() ? to_string(problem.origin) + ": " : "";
      reasons.push_back(where + problem.message);
    }
    for (const HiddenFact& hidden : source.visibility.hidden)
      if (!hidden.known_otherwise)
        reasons.push_back(fmt::format("{} shows {} of {} rows of {}, and no other catalog has them",
                                      source.name, hidden.shown, hidden.expected, hidden.view));
  }
  if (!input.sources.empty() && !any_table) reasons.push_back("no table in any source");
  return reasons;
}

std::vector<CriterionReport> judge_criteria(const Config& config, const Report& report) {
  std::vector<CriterionReport> judged;
  for (const Criterion& criterion : config.criteria) {
    CriterionReport result{criterion.text, CriterionState::not_evaluated, criterion.decided_by};
    bool failed = false, unknown = criterion.decided_by.empty();
    for (const std::string& decider : criterion.decided_by) {
      CriterionState state = decide(config, report, decider);
      failed = failed || state == CriterionState::not_met;
      unknown = unknown || state == CriterionState::not_evaluated;
    }
    if (failed)
      result.state = CriterionState::not_met;
    else if (!unknown)
      result.state = CriterionState::met;
    judged.push_back(result);
  }
  // What an isolation policy asks and an audit of one state may not see: said, not passed over.
  for (const IsolationPolicy& policy : config.policy.isolation) {
    std::string name = "policy.isolation." + policy.name;
    if (policy.freeze_others)
      judged.push_back({name + ": nothing else has changed (freeze_others)",
                        state_of_freeze(report, policy),
                        {"frozen-object-changed"}});
    if (!policy.rollback.empty())
      judged.push_back({name + ": the way back only drops its own tables (rollback)",
                        CriterionState::not_evaluated,
                        {"rehearse"}});
  }
  return judged;
}

std::vector<CriterionReport> judge_thresholds(const Config& config, const Report& report) {
  std::vector<CriterionReport> judged;
  for (const auto& [id, threshold] : config.metric_thresholds) {
    CriterionReport result;
    result.decided_by = {id};
    const Metric* metric = find_metric(report, id);
    if (metric) {
      result.text = fmt::format("{} is at least {:.0f} % (it is {} of {})", id, threshold * 100,
                                metric->numerator, metric->denominator);
      result.state = ratio(*metric) >= threshold ? CriterionState::met : CriterionState::not_met;
    } else {
      result.text = fmt::format("{} is at least {:.0f} %", id, threshold * 100);
    }
    judged.push_back(result);
  }
  return judged;
}

Verdict judge(const Report& report, const std::vector<CriterionReport>& thresholds) {
  bool failed =
      report.fail_on &&
      std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
        return finding.state == FindingState::new_ && finding.severity >= *report.fail_on;
      });
  bool missed = std::any_of(thresholds.begin(), thresholds.end(), [](const CriterionReport& t) {
    return t.state == CriterionState::not_met;
  });
  if (failed || missed) return Verdict::fail;
  return report.incomplete_because.empty() ? Verdict::pass : Verdict::incomplete;
}

}  // namespace schemaudit
