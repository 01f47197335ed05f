// Every rules/**/*.test.md: each case says all that its audit says, no more and no less.
// SCHEMAUDIT_UPDATE=1 writes what the audits say into the findings blocks, and nothing else.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "rules/rule.h"
#include "tests/rules/case_audit.h"
#include "tests/support/test_server.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> case_files() {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(SCHEMAUDIT_SOURCE_DIR "/rules")) {
    const std::string path = entry.path().string();
    const std::string end = ".test.md";
    if (path.size() > end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0)
      files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> rule_ids() {
  std::vector<std::string> ids;
  for (const Rule* rule : all_rules()) ids.emplace_back(rule->info.id);
  return ids;
}

/// Every second one, from `first` on: CTest runs either half in a process of its own, so that all
/// tests of a rule look at the same audits.
std::vector<std::string> half_of(const std::vector<std::string>& all, std::size_t first) {
  std::vector<std::string> half;
  for (std::size_t i = first; i < all.size(); i += 2) half.push_back(all[i]);
  return half;
}

/// GoogleTest wants letters, digits and underscores.
std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = fs::path(info.param).filename().string();
  name = name.substr(0, name.find('.'));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

bool is_update() {
  return std::getenv("SCHEMAUDIT_UPDATE") != nullptr;
}

bool speaks(const Report& report, const std::string& rule) {
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [&](const Finding& finding) { return finding.rule == rule; }) ||
         std::any_of(report.questions.begin(), report.questions.end(),
                     [&](const Question& question) { return question.rule == rule; });
}

/// A case's audit, made once: the tests below look at the same ones.
const CaseAudit& audit_of(const LiterateCase& literate) {
  static std::map<std::string, CaseAudit> made;
  std::string key;
  auto add = [&](const std::string& text) { key += std::to_string(text.size()) + ":" + text; };
  for (const auto& [name, text] : literate.documents) add(name), add(text);
  for (const auto& [name, text] : literate.migrations) add(name), add(text);
  for (const auto& [name, text] : literate.models) add(name), add(text);
  for (const std::optional<std::string>* part :
       {&literate.sql, &literate.role_sql, &literate.declared_sql, &literate.before_sql,
        &literate.config, &literate.baseline}) {
    key += *part ? "+" : "-";
    add(part->value_or(""));
  }
  auto [found, fresh] = made.try_emplace(key);
  if (fresh) found->second = audit_case(literate);
  return found->second;
}

/// A heading that ends with `(before PostgreSQL 18)` tells what later servers refuse.
bool is_for_this_server(const LiterateCase& literate) {
  constexpr std::string_view kBefore = "(before PostgreSQL ";
  const std::size_t at = literate.heading.find(kBefore);
  return at == std::string::npos ||
         test_server_version() < 10000 * std::stoi(literate.heading.substr(at + kBefore.size()));
}

class Literate : public LiveTest, public testing::WithParamInterface<std::string> {};

TEST_P(Literate, SaysExactlyThis) {
  const std::string text = read_file(GetParam());
  const std::vector<LiterateCase> cases = read_cases(text);
  ASSERT_FALSE(cases.empty());
  std::vector<std::string> told(cases.size());
  bool failed = false;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    SCOPED_TRACE(cases[i].heading);
    ASSERT_TRUE(cases[i].findings) << "every case says what it finds";
    told[i] = *cases[i].findings;
    if (!is_for_this_server(cases[i])) continue;
    const CaseAudit& audit = audit_of(cases[i]);
    EXPECT_EQ(audit.fault, "");
    failed = failed || !audit.fault.empty();
    told[i] = told_by(audit.report);
    if (!is_update()) {
      EXPECT_EQ(told[i], *cases[i].findings);
    }
  }
  if (is_update() && !failed) std::ofstream(GetParam()) << with_findings(text, cases, told);
}

TEST_P(Literate, HasACaseThatFiresAndOneThatDoesNot) {
  const std::string id = [] {
    std::string name = fs::path(GetParam()).filename().string();
    return name.substr(0, name.find('.'));
  }();
  bool fires = false, silent = false;
  for (const LiterateCase& literate : read_cases(read_file(GetParam()))) {
    bool told = literate.findings.value_or("").find(" " + id + " ") != std::string::npos;
    (told ? fires : silent) = true;
  }
  EXPECT_TRUE(fires) << id;
  EXPECT_TRUE(silent) << id;
}

/// What a rule says it says by itself: in one of its cases nobody else speaks.
TEST_P(Literate, HasACaseInWhichNoOtherRuleSpeaks) {
  const std::string id = fs::path(GetParam()).stem().stem().string();
  bool alone = false;
  for (const LiterateCase& literate : read_cases(read_file(GetParam()))) {
    std::istringstream lines(literate.findings.value_or(""));
    bool any = false, others = false;
    for (std::string line; std::getline(lines, line);) {
      const bool ours = (" " + line + " ").find(" " + id + " ") != std::string::npos;
      (ours ? any : others) = true;
    }
    alone = alone || (any && !others);
  }
  EXPECT_TRUE(alone) << id;
}

/// A fix is SQL that runs, and after which its finding is gone.
TEST_P(Literate, SqlFixesDoWhatTheyPromise) {
  for (const LiterateCase& literate : read_cases(read_file(GetParam()))) {
    SCOPED_TRACE(literate.heading);
    LiterateCase mended = literate;
    std::vector<std::string> promised;
    for (const Finding& finding : audit_of(literate).report.findings) {
      if (!finding.fix || finding.fix->kind != FixKind::sql) continue;
      if (mended.sql) *mended.sql += "\n" + finding.fix->text;
      if (mended.declared_sql) *mended.declared_sql += "\n" + finding.fix->text;
      promised.push_back(finding.fingerprint);
    }
    if (promised.empty()) continue;
    CaseAudit after = audit_case(mended);
    ASSERT_EQ(after.fault, "") << *mended.sql;
    for (const Finding& finding : after.report.findings)
      EXPECT_EQ(std::count(promised.begin(), promised.end(), finding.fingerprint), 0)
          << finding.message;
  }
}

/// The config's word silences any finding, and is shown with it.
TEST_P(Literate, AWaiverTakesItsFindingOutOfTheVerdict) {
  const std::string id = fs::path(GetParam()).stem().stem().string();
  const Rule* rule = find_rule(id);
  ASSERT_TRUE(rule);
  if (std::holds_alternative<FindingsCheck>(rule->check)) return;
  for (LiterateCase literate : read_cases(read_file(GetParam()))) {
    const std::string line = " " + id + " ";
    if (literate.findings.value_or("").find(line) == std::string::npos ||
        literate.findings->rfind("question", 0) == 0)
      continue;
    literate.config = literate.config.value_or("") + "\n[[waiver]]\nrule = \"" + id +
                      "\"\nobject = \"*\"\nowner = \"us\"\nreason = \"known\"\n"
                      "expires = 2099-12-31\n";
    CaseAudit audit = audit_case(literate);
    ASSERT_EQ(audit.fault, "") << literate.heading;
    for (const Finding& finding : audit.report.findings)
      EXPECT_EQ(finding.state == FindingState::waived, finding.rule == id) << finding.message;
    for (const RuleReport& told : audit.report.rules)
      EXPECT_FALSE(told.id == id && told.status != RuleStatus::passed) << literate.heading;
    return;
  }
}

/// What a rule says of a database it says of the SQL that makes it, without a server.
TEST_P(Literate, SaysTheSameOfTheReplayedSql) {
  const std::string id = fs::path(GetParam()).stem().stem().string();
  const Rule* rule = find_rule(id);
  ASSERT_TRUE(rule);
  if (!rule->is_about_one_schema()) return;
  for (const LiterateCase& literate : read_cases(read_file(GetParam()))) {
    if (!literate.sql || literate.role_sql || literate.declared_sql ||
        !literate.migrations.empty() || !is_for_this_server(literate))
      continue;
    SCOPED_TRACE(literate.heading);
    LiterateCase offline = literate;
    offline.declared_sql = std::exchange(offline.sql, std::nullopt);
    auto told = [&](const LiterateCase& each) {
      const CaseAudit& audit = audit_of(each);
      EXPECT_EQ(audit.fault, "");
      std::multiset<std::string> objects;
      for (const Finding& finding : audit.report.findings)
        if (finding.rule == id) objects.insert(to_string(finding.object) + ": " + finding.message);
      for (const Question& question : audit.report.questions)
        if (question.rule == id) objects.insert("question " + std::to_string(question.count));
      return objects;
    };
    EXPECT_EQ(told(offline), told(literate));
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, Literate, testing::ValuesIn(half_of(case_files(), 0)), test_name);
INSTANTIATE_TEST_SUITE_P(OtherRules, Literate, testing::ValuesIn(half_of(case_files(), 1)),
                         test_name);

class RuleDocs : public LiveTest, public testing::WithParamInterface<std::string> {};

TEST_P(RuleDocs, ExampleFiresAndUseInsteadDoesNot) {
  const Rule* rule = find_rule(GetParam());
  ASSERT_TRUE(rule);
  bool example = false, instead = false;
  for (const LiterateCase& literate : read_cases(rule->info.docs)) {
    if (literate.heading != "Example" && literate.heading != "Use instead") continue;
    SCOPED_TRACE(literate.heading);
    const CaseAudit& audit = audit_of(literate);
    ASSERT_EQ(audit.fault, "");
    bool wanted = literate.heading == "Example";
    (wanted ? example : instead) = true;
    EXPECT_EQ(speaks(audit.report, GetParam()), wanted) << told_by(audit.report);
  }
  EXPECT_TRUE(example && instead);
}

/// The page of rules counts the ones that are silent until the config has a policy for them.
TEST_P(RuleDocs, NeedsAPolicyWhereItSaysSo) {
  const Rule* rule = find_rule(GetParam());
  ASSERT_TRUE(rule);
  for (LiterateCase literate : read_cases(rule->info.docs)) {
    if (literate.heading != "Example") continue;
    const std::string config = literate.config.value_or("");
    const bool has_policy = config.find("[policy") != std::string::npos ||
                            config.find("[[check]]") != std::string::npos;
    if (!has_policy) {
      EXPECT_FALSE(rule->info.needs_policy);
      continue;
    }
    literate.config.reset();
    CaseAudit audit = audit_case(literate);
    ASSERT_EQ(audit.fault, "");
    // One that asks has a question for where there is no policy; one about waivers needs these.
    const bool has_another_way =
        !rule->info.question.one.empty() || std::holds_alternative<FindingsCheck>(rule->check);
    if (speaks(audit.report, GetParam()))
      EXPECT_FALSE(rule->info.needs_policy) << told_by(audit.report);
    else
      EXPECT_TRUE(rule->info.needs_policy || has_another_way);
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, RuleDocs, testing::ValuesIn(half_of(rule_ids(), 0)), test_name);
INSTANTIATE_TEST_SUITE_P(OtherRules, RuleDocs, testing::ValuesIn(half_of(rule_ids(), 1)),
                         test_name);

}  // namespace

}  // namespace schemaudit
