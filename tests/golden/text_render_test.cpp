// The report as text for people, and harmless whatever the names hold.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "reports/renderer.h"
#include "tests/support/sample_reports.h"

namespace schemaudit {
namespace {

const std::vector<std::string> kNone;

TEST(TextReport, NoNameCommandsTheTerminalOrTheRunner) {
  const std::string text = render_text(hostile_report(), TextStyle{});
  std::string without_tabs = text;
  without_tabs.erase(std::remove(without_tabs.begin(), without_tabs.end(), '\t'),
                     without_tabs.end());
  EXPECT_EQ(harmful_parts(without_tabs), kNone);
  EXPECT_NE(text.find("\\x1b[31mred\\x1b]0;title\\x07"), std::string::npos);
  EXPECT_NE(text.find("user\\u202egnp.exe\\u2066\\u200b"), std::string::npos);
  EXPECT_EQ(text.find("##["), std::string::npos);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first != std::string::npos) {
      EXPECT_NE(line.compare(first, 2, "::"), 0) << line;
    }
  }
}

TEST(TextReport, ColourIsTheOnlyDifferenceThatColourMakes) {
  TextStyle coloured;
  coloured.color = true;
  const std::string text = render_text(small_report(), coloured);
  EXPECT_NE(text.find("\x1b[1;31mFAIL\x1b[0m"), std::string::npos);
  EXPECT_EQ(std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), ""),
            render_text(small_report(), TextStyle{}));
}

TEST(TextReport, WrapsWordsAtTheTerminalsWidth) {
  TextStyle narrow;
  narrow.width = 60;
  std::istringstream lines(render_text(small_report(), narrow));
  for (std::string line; std::getline(lines, line);) {
    const bool one_word = line.find(' ', line.find_first_not_of(' ')) == std::string::npos;
    EXPECT_TRUE(line.size() <= 60 || one_word) << line;
  }
  const auto words = [](const std::string& text) {
    std::istringstream stream(text);
    return std::vector<std::string>{std::istream_iterator<std::string>(stream), {}};
  };
  EXPECT_EQ(words(render_text(small_report(), narrow)),
            words(render_text(small_report(), TextStyle{})));
}

TEST(TextReport, SummarisesManyTables) {
  Report report = small_report();
  DocumentReading many;
  many.uri = "docs/everything.md";
  for (int i = 0; i < 200; ++i)
    many.tables.push_back(
        {{"", "table_" + std::to_string(i)}, {many.uri, i + 1, 1}, "sql", 3, 1, 0, true});
  report.sources[0].documents.push_back(many);
  const std::string text = render_text(report, TextStyle{});
  EXPECT_NE(text.find("docs/everything.md  200 tables (200 sql): table_0, table_1, "),
            std::string::npos);
  EXPECT_NE(text.find("table_11 and 188 more"), std::string::npos);
  EXPECT_EQ(text.find("table_150"), std::string::npos);
}

TEST(TextReport, BeginsAndEndsWithTheVerdict) {
  const std::string text = render_text(small_report(), TextStyle{});
  const std::string verdict =
      "FAIL: 2 findings at or above high: 1 critical, 1 high; below it: 1 medium\n";
  EXPECT_EQ(text.substr(0, verdict.size()), verdict);
  EXPECT_EQ(text.substr(text.size() - verdict.size()), verdict);
}

TEST(TextReport, TellsVerdictsApart) {
  Report report;
  report.verdict = Verdict::pass;
  EXPECT_NE(render_text(report, {}).find("PASS: no findings\n"), std::string::npos);
  report.verdict = Verdict::incomplete;
  report.incomplete_because = {"docs/a.md is not UTF-8", "docs/b.md could not be opened"};
  EXPECT_NE(render_text(report, {})
                .find("INCOMPLETE: docs/a.md is not UTF-8 (and 1 more reason); no findings\n"),
            std::string::npos);
  report = small_report();
  report.fail_on.reset();
  report.verdict = Verdict::pass;
  EXPECT_NE(render_text(report, {})
                .find("PASS: findings do not decide (--fail-on never): "
                      "1 critical, 1 high, 1 medium\n"),
            std::string::npos);
}

// The whole of it, as a reader sees it. To accept a change that was looked at:
//   SCHEMAUDIT_UPDATE=1 ctest --test-dir build/dev -R TextReport.ReadsLikeThis
TEST(TextReport, ReadsLikeThis) {
  const std::string path = SCHEMAUDIT_SOURCE_DIR "/tests/golden/small_report.txt";
  const std::string text = render_text(small_report(), TextStyle{});
  if (std::getenv("SCHEMAUDIT_UPDATE")) std::ofstream(path) << text;
  std::ifstream file(path);
  std::stringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(text, expected.str());
}

}  // namespace
}  // namespace schemaudit
