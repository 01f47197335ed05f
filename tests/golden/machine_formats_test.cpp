// The formats that other programs read: true to their rules, and harmless whatever names hold.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "reports/attestation.h"
#include "reports/read_report.h"
#include "reports/renderer.h"
#include "tests/support/sample_reports.h"

namespace schemaudit {
namespace {

using Json = nlohmann::json;

std::size_t count_in_state(const Report& report, FindingState state) {
  return static_cast<std::size_t>(
      std::count_if(report.findings.begin(), report.findings.end(),
                    [&](const Finding& finding) { return finding.state == state; }));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Report report_of(std::size_t findings) {
  Report report = small_report();
  const Finding finding = report.findings.front();
  report.findings.clear();
  for (std::size_t i = 0; i < findings; ++i) {
    report.findings.push_back(finding);
    report.findings.back().object.name = "object_" + std::to_string(i);
    report.findings.back().fingerprint =
        fingerprint(finding.rule, report.findings.back().object, finding.key);
  }
  return report;
}

// ---- SARIF

TEST(Sarif, EveryResultHasAPlaceAFingerprintAndARule) {
  for (const Report& report : {small_report(), hostile_report()}) {
    const Json run = Json::parse(render_sarif(report))["runs"][0];
    const Json& rules = run["tool"]["driver"]["rules"];
    for (const Json& result : run["results"]) {
      const Json& place = result["locations"][0]["physicalLocation"];
      const std::string uri = place["artifactLocation"]["uri"];
      EXPECT_FALSE(uri.empty());
      EXPECT_TRUE(std::regex_match(uri, std::regex("[A-Za-z0-9._~/!$&'()*+,;=@%-]+"))) << uri;
      EXPECT_GE(place["region"]["startLine"], 1);
      EXPECT_GE(place["region"]["startColumn"], 1);
      EXPECT_NE(result["message"]["text"], "");
      EXPECT_EQ(rules[result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
      EXPECT_TRUE(std::regex_match(
          result["partialFingerprints"]["primaryLocationLineHash"].get<std::string>(),
          std::regex("[0-9a-f]{16}:1")));
    }
    for (const Json& rule : rules)
      for (const char* text : {"shortDescription", "fullDescription", "help"})
        EXPECT_NE(rule[text]["text"], "") << rule["id"];
  }
}

TEST(Sarif, WaivedFindingsAreLeftOutAndKnownOnesUnchanged) {
  const Report report = small_report();
  const Json results = Json::parse(render_sarif(report))["runs"][0]["results"];
  EXPECT_EQ(results.size(), report.findings.size() - count_in_state(report, FindingState::waived));
  std::size_t unchanged = 0;
  for (const Json& result : results) unchanged += result["baselineState"] == "unchanged";
  EXPECT_EQ(unchanged, count_in_state(report, FindingState::baseline));
}

TEST(Sarif, IncompleteEvidenceIsANotification) {
  Report report = small_report();
  report.incomplete_because = {"the documents could not be opened"};
  const Json invocation = Json::parse(render_sarif(report))["runs"][0]["invocations"][0];
  EXPECT_EQ(invocation["executionSuccessful"], false);
  EXPECT_EQ(invocation["toolExecutionNotifications"][0]["message"]["text"],
            "Incomplete evidence: the documents could not be opened");
}

TEST(Sarif, BracketsOfNamesMakeNoLinks) {
  Report report = small_report();
  report.findings.front().message = "see [this](http://example.test)";
  const Json result = Json::parse(render_sarif(report))["runs"][0]["results"][0];
  EXPECT_EQ(result["message"]["text"].get<std::string>().find("see \\[this\\]("), 0U);
}

TEST(Sarif, HasNoMoreResultsThanAnUploadTakes) {
  const Json run = Json::parse(render_sarif(report_of(25'003)))["runs"][0];
  EXPECT_EQ(run["results"].size(), 25'000U);
  EXPECT_NE(run["invocations"][0]["toolExecutionNotifications"].dump().find("3 findings more"),
            std::string::npos);
}

// ---- GitLab

TEST(GitLab, EveryIssueHasWhatTheWidgetNeeds) {
  for (const Report& report : {small_report(), hostile_report()}) {
    const Json issues = Json::parse(render_gitlab(report));
    ASSERT_TRUE(issues.is_array());
    EXPECT_EQ(issues.size(), report.findings.size() - count_in_state(report, FindingState::waived));
    std::set<std::string> fingerprints;
    for (const Json& issue : issues) {
      EXPECT_EQ(issue["description"].get<std::string>().find(
                    issue["check_name"].get<std::string>() + ": "),
                0U);
      EXPECT_TRUE(std::set<std::string>({"info", "minor", "major", "critical", "blocker"})
                      .count(issue["severity"]));
      EXPECT_NE(issue["location"]["path"], "");
      EXPECT_GE(issue["location"]["lines"]["begin"], 1);
      EXPECT_TRUE(fingerprints.insert(issue["fingerprint"]).second);
    }
  }
}

// ---- JUnit

/// Tags in order, `/name` for an end; fails the test where they do not nest.
void expect_well_formed(const std::string& xml) {
  std::vector<std::string> open;
  static const std::regex tag("<(/?)([a-z-]+)((?: [a-z]+=\"[^\"<]*\")*)(/?)>");
  const std::string body = xml.substr(xml.find("?>") + 2);
  auto at = body.cbegin();
  for (std::sregex_iterator each(body.begin(), body.end(), tag), end; each != end; ++each) {
    const std::string between(at, body.cbegin() + each->position());
    EXPECT_EQ(between.find_first_of("<>"), std::string::npos) << between;
    at = body.cbegin() + each->position() + each->length();
    if ((*each)[1] == "/") {
      ASSERT_FALSE(open.empty());
      EXPECT_EQ(open.back(), (*each)[2]);
      open.pop_back();
    } else if ((*each)[4] != "/") {
      open.push_back((*each)[2]);
    }
  }
  EXPECT_TRUE(open.empty());
  for (const unsigned char byte : xml) {
    EXPECT_FALSE((byte < 0x20 && byte != '\n') || byte == 0x7f) << static_cast<int>(byte);
  }
}

TEST(JUnit, IsWellFormedWhateverNamesHold) {
  expect_well_formed(render_junit(small_report()));
  expect_well_formed(render_junit(hostile_report()));
  expect_well_formed(render_junit(Report{}));
}

TEST(JUnit, OnlyWhatFailsTheGateIsAFailure) {
  Report report = small_report();
  const std::string text = render_junit(report);
  const auto failures = static_cast<std::size_t>(
      std::count_if(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
        return finding.state == FindingState::new_ && finding.severity >= *report.fail_on;
      }));
  EXPECT_NE(text.find("failures=\"" + std::to_string(failures) + "\""), std::string::npos) << text;
  EXPECT_NE(text.find("<skipped message=\"waived: "), std::string::npos);
  EXPECT_NE(text.find("<skipped message=\"known: "), std::string::npos);
  report.incomplete_because = {"a server was away"};
  EXPECT_NE(
      render_junit(report).find("<error message=\"incomplete evidence: a server was away\"/>"),
      std::string::npos);
}

// ---- GitHub

TEST(GitHub, NoNameGivesACommand) {
  const std::string text = render_github(hostile_report());
  for (const std::string& line : lines_of(text))
    EXPECT_TRUE(std::regex_search(
        line, std::regex("^::(error|warning|notice) (file=[^:]*,line=[0-9]+,col=[0-9]+,)?"
                         "title=[^:]*::")))
        << line;
  EXPECT_EQ(text.find('\r'), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(GitHub, NoMoreThanTenOfAKindAndTheRestIsCounted) {
  const std::vector<std::string> lines = lines_of(render_github(report_of(25)));
  ASSERT_EQ(lines.size(), 10U);
  EXPECT_NE(lines.back().find("16 more of this kind"), std::string::npos) << lines.back();
}

TEST(GitHub, PercentSignsAndBreaksAreEscaped) {
  Report report = report_of(1);
  report.findings[0].message = "100 % sure";
  report.findings[0].locations = {{"documented", {"docs/a,b:c.md", 3, 4}}};
  EXPECT_EQ(render_github(report).find("::error file=docs/a%2Cb%3Ac.md,line=3,col=4,title="), 0U);
  EXPECT_NE(render_github(report).find("::100 %25 sure"), std::string::npos);
}

// ---- Markdown

TEST(Markdown, BeginsWithItsMarkerAndTheVerdict) {
  const std::string text = render_markdown(small_report());
  EXPECT_EQ(text.find("<!-- schemaudit -->\n## schemaudit: FAIL\n"), 0U);
}

TEST(Markdown, StaysBelowAComment) {
  const std::string text = render_markdown(report_of(20'000));
  EXPECT_LT(text.size(), 65'000U);
  EXPECT_NE(text.find("20000"), std::string::npos);
  Report many = report_of(3);
  many.incomplete_because.assign(5'000, "a long reason that says why the evidence is not whole");
  EXPECT_LT(render_markdown(many).size(), 65'000U);
}

TEST(Markdown, NamesAreNoMarkupAndMentionNobody) {
  Report report = report_of(1);
  report.findings[0].message = "table @team <img src=x> [a](b) `c` #12 | d";
  const std::string text = render_markdown(report);
  EXPECT_NE(text.find("@<!-- -->team &lt;img src=x&gt; \\[a\\](b) \\`c\\` #<!-- -->12 \\| d"),
            std::string::npos)
      << text;
  // Code is shown as it stands.
  static const std::regex code("`[^`]*`");
  for (const std::string& whole : lines_of(render_markdown(hostile_report()))) {
    const std::string line = std::regex_replace(whole, code, "");
    EXPECT_EQ(line.find("<script"), std::string::npos) << line;
    EXPECT_EQ(line.find("<img"), std::string::npos) << line;
  }
}

// ---- Attestation and the way back

TEST(Attestation, NamesReportAndInputsByTheirDigests) {
  const Json statement = Json::parse(
      render_attestation(small_report(), {{"audit.json", "ab"}}, {{"docs/a.md", "cd"}}, "0f0f"));
  EXPECT_EQ(statement["_type"], "https://in-toto.io/Statement/v1");
  EXPECT_EQ(statement["predicateType"], "https://in-toto.io/attestation/test-result/v0.1");
  EXPECT_EQ(statement["subject"][0]["digest"]["sha256"], "ab");
  EXPECT_EQ(statement["predicate"]["result"], "FAILED");
  EXPECT_EQ(statement["predicate"]["configuration"][0]["name"], "docs/a.md");
  EXPECT_EQ(statement["predicate"]["configuration"].back()["digest"]["gitCommit"], "0f0f");
  Report incomplete = small_report();
  incomplete.verdict = Verdict::incomplete;
  EXPECT_EQ(Json::parse(render_attestation(incomplete, {}, {}, ""))["predicate"]["result"],
            "WARNED");
}

TEST(ReadReport, GivesBackWhatWasWritten) {
  Report report = small_report();
  report.chain.reset();
  std::string error;
  const std::string written = render_json(report);
  const std::optional<Report> read = read_report(written, error);
  ASSERT_TRUE(read) << error;
  Json again = Json::parse(render_json(*read)), first = Json::parse(written);
  // What documents were read to say, and actions, are not taken back.
  for (Json* each : {&again, &first}) {
    each->erase("actions");
    for (Json& source : (*each)["sources"]) source.erase("documents");
  }
  EXPECT_EQ(again, first);
}

TEST(ReadReport, RefusesWhatIsNone) {
  std::string error;
  for (const char* text :
       {"", "[]", "{}", "{\"findings\": [], \"verdict\": \"pass\"}",
        "{\"findings\": [], \"verdict\": \"pass\", \"format_version\": \"2.0\"}"})
    EXPECT_FALSE(read_report(text, error)) << text;
  EXPECT_NE(error.find("2.0"), std::string::npos);
}

}  // namespace
}  // namespace schemaudit
