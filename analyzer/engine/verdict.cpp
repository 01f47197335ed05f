#include "analyzer/engine/verdict.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyzer/engine/evidence_match.h"
#include "analyzer/engine/metrics.h"

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

Judgement judge_rule(const Report& report, const std::string& id) {
  for (const RuleReport& rule : report.rules) {
    if (rule.id != id) continue;
    if (rule.status == RuleStatus::not_run || rule.status == RuleStatus::crashed)
      return {CriterionState::not_evaluated,
              id + (rule.status == RuleStatus::crashed ? " crashed" : " did not run") +
                  (rule.reason.empty() ? "" : ": " + rule.reason)};
    auto breaches =
        std::count_if(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
          return finding.rule == id && finding.state == FindingState::new_ &&
                 (finding.severity > Severity::info || rule.severity == Severity::info);
        });
    if (breaches == 0) return {CriterionState::met, ""};
    return {CriterionState::not_met,
            fmt::format("{} found {}", id,
                        breaches == 1 ? "1 breach" : fmt::format("{} breaches", breaches))};
  }
  return {CriterionState::not_evaluated, id + " is not among the rules of this run"};
}

Judgement judge_metric(const Metric& metric, double threshold) {
  if (ratio(metric) >= threshold) return {CriterionState::met, ""};
  return {CriterionState::not_met,
          fmt::format("{} is {} of {}, and {:.0f} % are asked", metric.id, metric.numerator,
                      metric.denominator, threshold * 100)};
}

Judgement decide(const Config& config, const Report& report, const AuditInput& input,
                 const std::string& decider) {
  if (decider == "verify" || decider == "rehearse") return decide_by_evidence(decider, input);
  if (const Metric* metric = find_metric(report, decider))
    return judge_metric(*metric, threshold_of(config, decider));
  const std::vector<std::string>& metrics = metric_ids();
  if (std::find(metrics.begin(), metrics.end(), decider) != metrics.end())
    return {CriterionState::not_evaluated,
            decider + " could not be measured with what this run was given"};
  return judge_rule(report, decider);
}

CriterionReport judge_criterion(const Criterion& criterion, const Config& config,
                                const Report& report, const AuditInput& input) {
  CriterionReport result{criterion.text, CriterionState::met, criterion.decided_by};
  std::vector<Judgement> judgements;
  for (const std::string& decider : criterion.decided_by)
    judgements.push_back(decide(config, report, input, decider));
  for (CriterionState state : {CriterionState::not_evaluated, CriterionState::not_met})
    if (std::any_of(judgements.begin(), judgements.end(),
                    [&](const Judgement& judgement) { return judgement.state == state; }))
      result.state = state;
  if (judgements.empty()) {
    result.state = CriterionState::not_evaluated;
    result.reason = "nothing decides it: name rules, metrics, verify or rehearse in decided_by";
  }
  for (const Judgement& judgement : judgements)
    if (judgement.state == result.state && !judgement.reason.empty())
      result.reason += (result.reason.empty() ? "" : "; ") + judgement.reason;
  return result;
}

/// A breach is one without an earlier state, too; that nothing has changed takes one to compare
/// with.
Judgement judge_freeze(const Report& report, const IsolationPolicy& policy) {
  const std::string rule = "frozen-object-changed";
  auto breaches =
      std::count_if(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
        return finding.rule == rule && finding.key == policy.name &&
               finding.state == FindingState::new_;
      });
  if (breaches > 0)
    return {CriterionState::not_met,
            fmt::format("{} {}", breaches, breaches == 1 ? "object changed" : "objects changed")};
  bool compared =
      std::any_of(report.sources.begin(), report.sources.end(),
                  [](const SourceReport& source) { return source.role == Role::before; });
  if (!compared)
    return {CriterionState::not_evaluated, "no earlier state was given to compare with: --before"};
  bool ran = std::any_of(report.rules.begin(), report.rules.end(), [&](const RuleReport& each) {
    return each.id == rule &&
           (each.status == RuleStatus::passed || each.status == RuleStatus::failed);
  });
  if (!ran) return {CriterionState::not_evaluated, rule + " did not run"};
  return {CriterionState::met, ""};
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

std::vector<CriterionReport> judge_criteria(const AuditInput& input, const Report& report) {
  const Config& config = input.config;
  std::vector<CriterionReport> judged;
  for (const Criterion& criterion : config.criteria)
    judged.push_back(judge_criterion(criterion, config, report, input));
  // What an isolation policy asks and an audit of one state may not see: said, not passed over.
  for (const IsolationPolicy& policy : config.policy.isolation) {
    std::string name = "policy.isolation." + policy.name;
    auto add = [&](const char* asks, const char* decider, Judgement judgement) {
      judged.push_back(
          {name + ": " + asks, judgement.state, {decider}, std::move(judgement.reason)});
    };
    if (policy.freeze_others)
      add("nothing else has changed (freeze_others)", "frozen-object-changed",
          judge_freeze(report, policy));
    if (!policy.rollback.empty())
      add("the way back only drops its own tables (rollback)", "rehearse",
          decide_by_evidence("rehearse", name, input));
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
      Judgement judgement = judge_metric(*metric, threshold);
      result.state = judgement.state;
      result.reason = std::move(judgement.reason);
    } else {
      result.text = fmt::format("{} is at least {:.0f} %", id, threshold * 100);
      result.reason = "it could not be measured";
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
