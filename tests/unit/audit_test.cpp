// How rules run and what becomes the verdict, with small rules made for these tests.
#include "analyzer/engine/audit.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "rules/rule.h"

namespace schemaudit {

namespace {

RuleOutcome find_two(const RuleContext&) {
  RuleOutcome outcome;
  outcome.checked = 5;
  for (const char* table : {"b", "a"}) {
    Finding finding;
    finding.rule = "two-findings";
    finding.severity = Severity::high;
    finding.message = std::string("Table ") + table + " is bad.";
    finding.object = {"table", "public", table, table};
    finding.locations = {{"documented", {"docs.md", table[0], 1}}};
    outcome.findings.push_back(finding);
  }
  outcome.findings.back().severity = Severity::info;  // a, whose name alone differs
  return outcome;
}

RuleOutcome crash(const RuleContext&) {
  throw std::runtime_error("out of luck");
}

RuleOutcome pass(const RuleContext&) {
  return {};
}

RuleOutcome suspect(const RuleContext&) {
  RuleOutcome outcome;
  Finding finding;
  finding.rule = "asking";
  finding.severity = Severity::low;
  finding.object = {"table", "public", "a", "a"};
  outcome.suspicions.push_back({finding});
  return outcome;
}

RuleOutcome lack_policy(const RuleContext&) {
  RuleOutcome outcome;
  outcome.not_run = "no policy in the config";
  return outcome;
}

const Rule two_findings{
    {.id = "two-findings", .severity = Severity::high, .category = "some", .needs = {Role::live}},
    find_two};
const Rule crashing{{.id = "crashing", .category = "some", .needs = {Role::live}}, crash};
const Rule passing{{.id = "passing", .category = "other", .needs = {Role::live}}, pass};
const Rule asking{{.id = "asking",
                   .severity = Severity::low,
                   .category = "other",
                   .needs = {Role::live},
                   .question = {"table. Is it?", "tables. Are they?"}},
                  suspect};
const Rule needs_docs{{.id = "needs-docs", .needs = {Role::documented, Role::live}}, pass};
const Rule policy_rule{{.id = "policy-rule", .needs = {Role::live}}, lack_policy};
const Rule strict_rule{{.id = "strict-rule", .profile = Profile::strict, .needs = {Role::live}},
                       pass};

AuditInput live_input() {
  AuditInput input;
  SourceResult live;
  live.role = Role::live;
  live.kind = "db";
  Relation table;
  table.name = {"public", "a"};
  live.schema.relations.push_back(table);
  input.sources.push_back(live);
  return input;
}

const RuleReport& rule_of(const Report& report, const std::string& id) {
  for (const RuleReport& rule : report.rules)
    if (rule.id == id) return rule;
  throw std::runtime_error("no rule " + id);
}

TEST(Audit, PassesWithoutFindings) {
  Report report = run_audit(live_input(), {}, {&passing});
  EXPECT_EQ(report.verdict, Verdict::pass);
  EXPECT_EQ(exit_code_of(report), 0);
  EXPECT_EQ(rule_of(report, "passing").status, RuleStatus::passed);
}

TEST(Audit, AFindingAtFailOnFails) {
  AuditInput input = live_input();
  Report report = run_audit(input, {}, {&two_findings});
  EXPECT_EQ(exit_code_of(report), 1);
  ASSERT_EQ(report.findings.size(), 2u);
  EXPECT_EQ(report.findings[0].object.table, "b") << "the most severe first";
  EXPECT_EQ(report.findings[0].fingerprint.size(), 16u);
  EXPECT_EQ(rule_of(report, "two-findings").status, RuleStatus::failed);
  EXPECT_EQ(rule_of(report, "two-findings").findings, 2u);
  EXPECT_EQ(rule_of(report, "two-findings").checked, 5u);

  input.config.fail_on = Severity::critical;
  EXPECT_EQ(exit_code_of(run_audit(input, {}, {&two_findings})), 0);
  input.config.fail_on = std::nullopt;
  EXPECT_EQ(exit_code_of(run_audit(input, {}, {&two_findings})), 0);
}

TEST(Audit, ASeverityOfTheConfigReplacesTheRulesOwnButNotADeparture) {
  AuditInput input = live_input();
  input.config.rules["two-findings"].severity = Severity::low;
  Report report = run_audit(input, {}, {&two_findings});
  EXPECT_EQ(report.findings[0].severity, Severity::low);
  EXPECT_EQ(report.findings[1].severity, Severity::info);
  EXPECT_EQ(rule_of(report, "two-findings").severity, Severity::low);
  EXPECT_EQ(exit_code_of(report), 0);
}

TEST(Audit, ACrashingRuleLeavesTheOthersRunningAndTheEvidenceIncomplete) {
  Report report = run_audit(live_input(), {}, {&crashing, &passing});
  EXPECT_EQ(rule_of(report, "crashing").status, RuleStatus::crashed);
  EXPECT_EQ(rule_of(report, "crashing").reason, "out of luck");
  EXPECT_EQ(rule_of(report, "passing").status, RuleStatus::passed);
  EXPECT_EQ(report.verdict, Verdict::incomplete);
  EXPECT_EQ(exit_code_of(report), 3);
  EXPECT_EQ(report.incomplete_because,
            std::vector<std::string>{"rule crashing crashed: out of luck"});
}

TEST(Audit, FindingsWinOverIncompleteEvidence) {
  Report report = run_audit(live_input(), {}, {&crashing, &two_findings});
  EXPECT_EQ(exit_code_of(report), 1);
  EXPECT_FALSE(report.incomplete_because.empty());
}

TEST(Audit, ARuleWithoutItsSourceIsNotRunAndThatAloneIsNotIncomplete) {
  Report report = run_audit(live_input(), {}, {&needs_docs});
  EXPECT_EQ(rule_of(report, "needs-docs").status, RuleStatus::not_run);
  EXPECT_EQ(rule_of(report, "needs-docs").reason,
            "needs schema documents, which this run was not given");
  EXPECT_EQ(exit_code_of(report), 0);
}

TEST(Audit, ARuleThatWasAskedForAndCouldNotRunIsIncomplete) {
  AuditInput input = live_input();
  input.config.select = {"policy-rule"};
  EXPECT_EQ(exit_code_of(run_audit(input, {}, {&policy_rule})), 3);
  input.config.select.clear();
  EXPECT_EQ(exit_code_of(run_audit(input, {}, {&policy_rule})), 0);
  input.config.criteria = {{"It holds", {"policy-rule"}, {}}};
  Report report = run_audit(input, {}, {&policy_rule});
  EXPECT_EQ(exit_code_of(report), 3);
  ASSERT_EQ(report.criteria.size(), 1u);
  EXPECT_EQ(report.criteria[0].state, CriterionState::not_evaluated);
}

TEST(Audit, OffIgnoreSelectAndProfileChooseRules) {
  AuditInput input = live_input();
  input.config.rules["two-findings"].off = true;
  EXPECT_EQ(run_audit(input, {}, {&two_findings}).findings.size(), 0u);

  input = live_input();
  input.config.ignore_rules = {"some"};
  EXPECT_EQ(run_audit(input, {}, {&two_findings}).findings.size(), 0u);

  input = live_input();
  input.config.select = {"other"};
  Report report = run_audit(input, {}, {&two_findings, &passing});
  EXPECT_EQ(rule_of(report, "two-findings").status, RuleStatus::not_run);
  EXPECT_EQ(rule_of(report, "passing").status, RuleStatus::passed);

  input = live_input();
  EXPECT_EQ(rule_of(run_audit(input, {}, {&strict_rule}), "strict-rule").status,
            RuleStatus::not_run);
  input.config.profile = Profile::strict;
  EXPECT_EQ(rule_of(run_audit(input, {}, {&strict_rule}), "strict-rule").status,
            RuleStatus::passed);
}

TEST(Audit, QuestionsBecomeFindingsWhereTheUserAsksForThem) {
  AuditInput input = live_input();
  Report report = run_audit(input, {}, {&asking});
  EXPECT_EQ(report.questions.size(), 1u);
  EXPECT_EQ(report.findings.size(), 0u);

  input.config.profile = Profile::strict;
  EXPECT_EQ(run_audit(input, {}, {&asking}).findings.size(), 1u);
  input = live_input();
  input.config.select = {"asking"};
  EXPECT_EQ(run_audit(input, {}, {&asking}).findings.size(), 1u);
  input = live_input();
  input.config.rules["asking"].severity = Severity::high;
  EXPECT_EQ(exit_code_of(run_audit(input, {}, {&asking})), 1);
}

TEST(Audit, WithoutATableInAnySourceNothingPasses) {
  AuditInput input = live_input();
  input.sources[0].schema.relations.clear();
  Report report = run_audit(input, {}, {&passing});
  EXPECT_EQ(exit_code_of(report), 3);
  EXPECT_EQ(report.incomplete_because, std::vector<std::string>{"no table in any source"});
}

TEST(Audit, WhatCouldNotBeReadOrSeenIsIncomplete) {
  AuditInput input = live_input();
  Problem unreadable;
  unreadable.kind = ProblemKind::unreadable;
  unreadable.origin = {"docs/old.md", 0, 0};
  unreadable.message = "is not UTF-8";
  input.sources[0].problems.push_back(unreadable);
  Report report = run_audit(input, {}, {&passing});
  EXPECT_EQ(report.incomplete_because, std::vector<std::string>{"docs/old.md: is not UTF-8"});

  input = live_input();
  input.sources[0].visibility.hidden = {{"table_constraints", 4, 0, {}, true}};
  EXPECT_EQ(exit_code_of(run_audit(input, {}, {&passing})), 0) << "pg_catalog showed them";
  input.sources[0].visibility.hidden[0].known_otherwise = false;
  EXPECT_EQ(exit_code_of(run_audit(input, {}, {&passing})), 3);

  AuditRun run;
  run.incomplete_because = {"the database refused the connection"};
  EXPECT_EQ(exit_code_of(run_audit(live_input(), run, {&passing})), 3);
}

TEST(Audit, AWaivedFindingDoesNotGateUntilItsWaiverExpires) {
  AuditInput input = live_input();
  Waiver waiver;
  waiver.rule = "two-findings";
  waiver.object = "public.*";
  waiver.expires = "2026-06-30";
  input.config.waivers = {waiver};
  AuditRun run;
  run.run.started_at = "2026-06-30T10:00:00Z";
  Report report = run_audit(input, run, {&two_findings});
  EXPECT_EQ(report.findings[0].state, FindingState::waived);
  EXPECT_EQ(exit_code_of(report), 0);
  EXPECT_TRUE(report.actions.empty());

  run.run.started_at = "2026-07-01T10:00:00Z";
  EXPECT_EQ(exit_code_of(run_audit(input, run, {&two_findings})), 1);
}

TEST(Audit, AMetricBelowItsThresholdFails) {
  AuditInput input = live_input();
  input.config.metric_thresholds["keyed-tables"] = 1.0;
  Report report = run_audit(input, {}, {&passing});
  EXPECT_EQ(exit_code_of(report), 1);
  ASSERT_EQ(report.criteria.size(), 1u);
  EXPECT_EQ(report.criteria[0].text, "keyed-tables is at least 100 % (it is 0 of 1)");
  EXPECT_EQ(report.criteria[0].state, CriterionState::not_met);

  input.config.metric_thresholds = {{"documented-tables", 1.0}};
  EXPECT_EQ(exit_code_of(run_audit(input, {}, {&passing})), 3) << "no documents, no measure";
}

TEST(Audit, VisibilityCountsRelationsOfWhichNothingIsHidden) {
  AuditInput input = live_input();
  Relation other;
  other.name = {"public", "b"};
  input.sources[0].schema.relations.push_back(other);
  input.sources[0].visibility.hidden = {{"table_constraints", 4, 0, {"public.b"}, true}};
  Report report = run_audit(input, {}, {&passing});
  const Metric& metric = report.metrics.back();
  EXPECT_EQ(metric.id, "visibility");
  EXPECT_EQ(metric.numerator, 1u);
  EXPECT_EQ(metric.denominator, 2u);
  EXPECT_EQ(metric.members, std::vector<std::string>{"public.b"});

  // However many there are.
  input.sources[0].visibility.hidden[0].relations.assign(20, "public.b");
  EXPECT_EQ(run_audit(input, {}, {&passing}).metrics.back().numerator, 1u);
}

TEST(Audit, CriteriaAreDecidedByRulesAndMetrics) {
  AuditInput input = live_input();
  input.config.criteria = {{"One", {"passing"}, {}},
                           {"Two", {"passing", "two-findings"}, {}},
                           {"Three", {"rehearse"}, {}}};
  Report report = run_audit(input, {}, {&passing, &two_findings});
  EXPECT_EQ(report.criteria[0].state, CriterionState::met);
  EXPECT_EQ(report.criteria[1].state, CriterionState::not_met);
  EXPECT_EQ(report.criteria[2].state, CriterionState::not_evaluated);
  EXPECT_EQ(report.criteria[0].reason, "");
  EXPECT_EQ(report.criteria[1].reason, "two-findings found 1 breach");
  EXPECT_EQ(report.criteria[2].reason,
            "no evidence of rehearse was given: schemaudit rehearse --evidence FILE, then audit "
            "--evidence FILE");
}

Evidence verify_evidence(EvidenceState state) {
  Evidence evidence{"verify", "0.1.0", "2026-11-26T21:50:05Z"};
  evidence.inputs = {{"documented", "docs", "docs/", "d1"},
                     {"live", "db", "db shop as reader", ""}};
  evidence.items = {{"Plan #1", state, "seen: 3 rows", {{"docs/plan.md", 12, 1}}}};
  evidence.state = state;
  return evidence;
}

CriterionReport judged_with(const std::vector<Evidence>& evidence, const std::string& docs_digest,
                            const std::string& database = "db shop as owner") {
  AuditInput input = live_input();
  input.sources[0].kind = "db";
  input.sources[0].name = database;
  SourceResult docs;
  docs.kind = "docs";
  docs.digest = docs_digest;
  input.sources.push_back(docs);
  input.config.criteria = {{"Verified", {"verify"}, {}}};
  for (const Evidence& each : evidence) input.evidence.push_back({"verify.json", each});
  return run_audit(input, {}, {&passing}).criteria.at(0);
}

TEST(Audit, EvidenceDecidesACriterionWhereItWasMadeFromWhatIsAudited) {
  CriterionReport met = judged_with({verify_evidence(EvidenceState::passed)}, "d1");
  EXPECT_EQ(met.state, CriterionState::met);
  EXPECT_EQ(met.reason, "verify (verify.json): all 1 passed, 2026-11-26T21:50:05Z");

  CriterionReport failed = judged_with({verify_evidence(EvidenceState::failed)}, "d1");
  EXPECT_EQ(failed.state, CriterionState::not_met);
  EXPECT_EQ(failed.reason,
            "verify (verify.json): 1 of 1 failed, first: Plan #1 (docs/plan.md:12): seen: 3 rows");

  CriterionReport open = judged_with({verify_evidence(EvidenceState::incomplete)}, "d1");
  EXPECT_EQ(open.state, CriterionState::not_evaluated);

  // The worst of several decides.
  EXPECT_EQ(
      judged_with({verify_evidence(EvidenceState::passed), verify_evidence(EvidenceState::failed)},
                  "d1")
          .state,
      CriterionState::not_met);
}

TEST(Audit, EvidenceOfOtherSourcesDoesNotCount) {
  CriterionReport changed = judged_with({verify_evidence(EvidenceState::passed)}, "d2");
  EXPECT_EQ(changed.state, CriterionState::not_evaluated);
  EXPECT_EQ(changed.reason,
            "verify.json does not count: it was made from docs/ as it was before: what this audit "
            "reads of it differs");

  CriterionReport elsewhere =
      judged_with({verify_evidence(EvidenceState::passed)}, "d1", "db staging as owner");
  EXPECT_EQ(elsewhere.state, CriterionState::not_evaluated);
  EXPECT_EQ(elsewhere.reason,
            "verify.json does not count: it was made on db shop as reader, and this audit is of db "
            "staging as owner");

  Evidence of_files = verify_evidence(EvidenceState::passed);
  of_files.inputs = {{"declared", "migrations", "db/", "m1"}};
  CriterionReport unrelated = judged_with({of_files}, "d1");
  EXPECT_EQ(unrelated.state, CriterionState::not_evaluated);
  EXPECT_EQ(unrelated.reason,
            "verify.json does not count: this audit reads none of what it was made from");

  Evidence of_rehearse = verify_evidence(EvidenceState::passed);
  of_rehearse.made_by = "rehearse";
  EXPECT_EQ(judged_with({of_rehearse}, "d1").state, CriterionState::not_evaluated);
}

TEST(Audit, AFreezeIsKeptOnlyWhereAnEarlierStateShowsIt) {
  const Rule* frozen = find_rule("frozen-object-changed");
  ASSERT_TRUE(frozen);
  AuditInput input = live_input();
  IsolationPolicy first, second;
  first.name = "first";
  first.tables.globs = {"p1_*"};
  first.freeze_others = true;
  second = first;
  second.name = "second";
  second.tables.globs = {"a", "p1_*"};
  input.config.policy.isolation = {first, second};
  Report report = run_audit(input, {}, {frozen});
  ASSERT_EQ(report.criteria.size(), 2u);
  EXPECT_EQ(report.criteria[0].state, CriterionState::not_evaluated);

  SourceResult before;
  before.role = Role::before;
  input.sources.push_back(before);
  report = run_audit(input, {}, {frozen});
  EXPECT_EQ(report.criteria[0].state, CriterionState::not_met) << "the table a is new";
  EXPECT_EQ(report.criteria[1].state, CriterionState::met) << "to the second it is its own";
}

TEST(Audit, TwoFindingsOfOneObjectAndKeyHaveTwoFingerprints) {
  Rule twice = two_findings;
  twice.check = [](const RuleContext& context) {
    RuleOutcome outcome = find_two(context);
    outcome.findings[1].object = outcome.findings[0].object;
    return outcome;
  };
  Report report = run_audit(live_input(), {}, {&twice});
  EXPECT_NE(report.findings[0].fingerprint, report.findings[1].fingerprint);
}

}  // namespace

}  // namespace schemaudit
