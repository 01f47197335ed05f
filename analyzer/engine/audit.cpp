#include "analyzer/engine/audit.h"

#include <ctime>
#include <map>
#include <optional>
#include <utility>

#include "analyzer/engine/actions.h"
#include "analyzer/engine/annotated_documents.h"
#include "analyzer/engine/declared_against_live.h"
#include "analyzer/engine/known_findings.h"
#include "analyzer/engine/metrics.h"
#include "analyzer/engine/neighbourhoods.h"
#include "analyzer/engine/redacted_names.h"
#include "analyzer/engine/rule_runner.h"
#include "analyzer/engine/table_reports.h"
#include "analyzer/engine/unfitting_policies.h"
#include "analyzer/engine/verdict.h"
#include "analyzer/engine/waivers.h"
#include "analyzer/model/redact.h"
#include "rules/rule.h"
#include "rules/sql/sql_rules.h"

namespace schemaudit {

namespace {

SourceReport report_of(const SourceResult& source, const AuditInput& input) {
  SourceReport report;
  if (source.role == Role::live && input.live_answers) {
    report.questions = input.live_answers->asked();
    report.unanswered = input.live_answers->unanswered();
  }
  report.role = source.role;
  report.kind = source.kind;
  report.name = source.name;
  report.digest = source.digest;
  report.files = source.files;
  report.objects = count_objects(source.schema);
  report.visibility = source.visibility;
  // Of documents, what the grammar refuses is a finding; of a script it is part of the evidence.
  bool is_script = source.role == Role::declared;
  for (const Problem& problem : source.problems)
    if (problem.kind == ProblemKind::unanalysed || problem.kind == ProblemKind::newer_syntax ||
        problem.kind == ProblemKind::unreadable ||
        (is_script &&
         (problem.kind == ProblemKind::refused || problem.kind == ProblemKind::invalid_sql)))
      report.unanalysed.push_back(problem);
  report.documents = source.documents;
  report.left_out = source.left_out;
  report.server = source.server;
  return report;
}

void redact_text(std::optional<std::string>& text) {
  if (text) text = redact(*text);
}

void redact_finding(Finding& finding) {
  finding.message = redact(finding.message);
  for (Role role : {Role::documented, Role::declared, Role::modelled, Role::live, Role::before})
    redact_text(finding.evidence.of(role));
}

/// Names the findings. Two that share rule, object and key are told apart by their order, which
/// follows the place.
void name_findings(std::vector<Finding>& findings) {
  sort_findings(findings);
  std::map<std::string, int> seen;
  for (Finding& finding : findings) {
    finding.fingerprint = fingerprint(finding.rule, finding.object, finding.key);
    int count = ++seen[finding.fingerprint];
    if (count == 1) continue;
    finding.key += "#" + std::to_string(count);
    finding.fingerprint = fingerprint(finding.rule, finding.object, finding.key);
  }
}

/// The day of the run: the caller's clock where it is set, so that a run can be repeated.
std::string day_of(const RunFacts& run) {
  if (run.started_at.size() >= 10) return run.started_at.substr(0, 10);
  std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[11];
  std::strftime(text, sizeof text, "%Y-%m-%d", &utc);
  return text;
}

/// A rule with a finding that is not waived has failed, whatever else it could not prove.
void count_findings(Report& report) {
  std::map<std::string, std::size_t> all, open;
  for (const Finding& finding : report.findings) {
    ++all[finding.rule];
    if (finding.state == FindingState::new_) ++open[finding.rule];
  }
  for (RuleReport& rule : report.rules) {
    rule.findings = all[rule.id];
    if (rule.status != RuleStatus::crashed && open[rule.id] > 0) rule.status = RuleStatus::failed;
  }
}

std::optional<BaselineFacts> baseline_facts(const AuditInput& input,
                                            const std::vector<Finding>& findings) {
  if (!input.baseline && !input.earlier) return std::nullopt;
  BaselineFacts facts;
  if (input.baseline) {
    facts.file = input.baseline->file;
    facts.digest = input.baseline->digest;
    facts.entries = input.baseline->entries.size();
  }
  if (input.earlier) facts.since = input.earlier->revision;
  for (const Finding& finding : findings) {
    if (finding.state == FindingState::baseline) ++facts.known;
    if (finding.rule == "stale-baseline-entry") ++facts.stale;
  }
  return facts;
}

void append(std::vector<std::string>& to, std::vector<std::string> from) {
  for (std::string& text : from) to.push_back(redact(text));
}

/// What only pages show. Excerpts stand for the place where a reader should look.
void add_pages(const AuditInput& input, const Comparisons& comparisons, const AuditRun& run,
               Report& report) {
  report.tables = tables_of(input, comparisons.documents);
  report.neighbourhoods = neighbourhoods_of(input, comparisons.documents, report.findings);
  if (!run.read_text) return;
  SourceLines lines(run.read_text);
  report.annotated =
      annotate_documents(input, comparisons.documents, run.counts, report.findings, lines);
  for (const Finding& finding : report.findings)
    for (const Location& location : finding.locations) {
      if (!location.origin.from_file()) continue;
      if (std::optional<Excerpt> excerpt = lines.around(location.origin))
        report.excerpts.emplace(finding.fingerprint, std::move(*excerpt));
      break;
    }
}

}  // namespace

Report run_audit(const AuditInput& input, const AuditRun& run) {
  return run_audit(input, run, all_rules());
}

Report run_audit(const AuditInput& input, const AuditRun& run,
                 const std::vector<const Rule*>& rules) {
  Report report;
  report.tool_version = run.tool_version;
  report.run = run.run;
  report.config = run.config;
  report.fail_on = input.config.fail_on;
  for (const SourceResult& source : input.sources)
    report.sources.push_back(report_of(source, input));

  Comparisons comparisons{compare_documents(input), compare_declared(input), compare_models(input)};
  drop_what_nobody_tells(rules, input.config, comparisons);
  RuleRun ran = run_rules(rules, sql_rules(input.config), input, comparisons);
  const std::string today = day_of(run.run);
  for (Finding& finding : ran.findings) redact_finding(finding);
  apply_waivers(ran.findings, input, today);
  name_findings(ran.findings);
  mark_known(ran.findings, input);
  run_rules_about_findings(rules, input, today, ran);
  report.rules = std::move(ran.rules);
  report.findings = std::move(ran.findings);
  report.questions = std::move(ran.questions);
  for (Question& question : report.questions)
    for (std::string& example : question.examples) example = redact(example);
  name_findings(report.findings);
  count_findings(report);

  report.metrics = measure(input, comparisons.documents, report);
  const SourceResult* declared = input.source(Role::declared);
  report.actions =
      actions_for(report.findings, declared ? name_of_built(*declared) : "the SQL files");
  if (declared) report.chain = declared->chain;

  append(report.incomplete_because, run.incomplete_because);
  append(report.incomplete_because, reasons_for_doubt(input));
  append(report.incomplete_because, std::move(ran.incomplete_because));
  report.criteria = judge_criteria(input, report);
  for (CriterionReport& criterion : report.criteria) criterion.reason = redact(criterion.reason);
  std::vector<CriterionReport> thresholds = judge_thresholds(input.config, report);
  for (const CriterionReport& threshold : thresholds)
    if (threshold.state == CriterionState::not_evaluated)
      report.incomplete_because.push_back("the gate asks that " + threshold.text +
                                          ", and it could not be measured");
  if (input.config.is_release)
    for (const std::string& entry : entries_that_fit_nothing(input))
      report.incomplete_because.push_back(
          "a release needs every entry of the config to fit something, and this one fits nothing "
          "that was read, so that it asks for nothing: " +
          entry);
  if (input.config.is_release)
    for (const CriterionReport& criterion : report.criteria)
      if (criterion.state == CriterionState::not_evaluated)
        report.incomplete_because.push_back(
            "a release needs every criterion, and nobody could "
            "tell: " +
            criterion.text + ": " + criterion.reason);
  // Of an ordinary gate the criteria are told, and the thresholds alone decide.
  std::vector<CriterionReport> deciding = input.config.is_release ? report.criteria : thresholds;
  if (input.config.is_release)
    deciding.insert(deciding.end(), thresholds.begin(), thresholds.end());
  report.criteria.insert(report.criteria.end(), thresholds.begin(), thresholds.end());
  report.baseline = baseline_facts(input, report.findings);
  report.verdict = judge(report, deciding);
  add_pages(input, comparisons, run, report);
  redact_names(report);
  return report;
}

int exit_code_of(const Report& report) {
  switch (report.verdict) {
    case Verdict::pass:
      return 0;
    case Verdict::fail:
      return 1;
    case Verdict::incomplete:
      return 3;
  }
  return 3;
}

}  // namespace schemaudit
