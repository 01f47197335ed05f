// What the recommended profile says of real schemas, counted by rule: each number in the golden
// file stands for findings that somebody has read. A rule that begins to say more, or other
// things, of them shows here. The schemas do not belong to the project and lie beside it; where
// they are not there the test skips, by name.

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "analyzer/sql/claims.h"
#include "rules/rule.h"
#include "tests/cli/sql_corpora.h"
#include "tests/support/program.h"

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;

Json audit(const SqlCorpus& corpus) {
  TemporaryFolder folder;
  std::string list;
  for (const SqlText& file : corpus.files) {
    folder.write(file.uri, file.text);
    list += file.uri + "\n";
  }
  folder.write("files.txt", list);
  ProgramRun run =
      run_program({"audit", "--sql", "@files.txt", "--format", "json", "--fail-on", "never"},
                  {.folder = folder.path()});
  EXPECT_FALSE(run.output.empty()) << corpus.name << ": " << run.errors;
  return Json::parse(run.output, nullptr, false);
}

std::string told(const SqlCorpus& corpus, const Json& report) {
  std::map<std::string, int> findings;
  for (const Json& finding : report["findings"]) ++findings[finding["rule"].get<std::string>()];
  std::string text = corpus.name + "\n  " +
                     std::to_string(report["sources"][0]["objects"]["tables"].get<int>()) +
                     " tables\n";
  for (const auto& [rule, count] : findings)
    text += "  " + rule + " " + std::to_string(count) + "\n";
  for (const Json& question : report["questions"])
    text += "  ? " + question["rule"].get<std::string>() + " " +
            std::to_string(question["count"].get<int>()) + "\n";
  return text;
}

TEST(FindingsOfCorpora, AreTheOnesThatWereRead) {
  if (shared_folder().empty()) GTEST_SKIP() << "there is no ../shared beside this checkout";
  std::string text;
  std::vector<SqlCorpus> corpora = sql_corpora();
  for (const auto& more : {corpora_beyond_this_server(), corpora_of_blocks()})
    corpora.insert(corpora.end(), more.begin(), more.end());
  for (const SqlCorpus& corpus : corpora) {
    SCOPED_TRACE(corpus.name);
    const Json report = audit(corpus);
    text += told(corpus, report);
    std::multiset<std::string> asking;
    for (const Json& question : report["questions"])
      asking.insert(question["rule"].get<std::string>());
    for (const std::string& rule : asking) EXPECT_EQ(asking.count(rule), 1u) << rule;
    for (const Json& rule : report["rules"]) EXPECT_NE(rule["status"], "crashed") << rule;
  }
  // The grammar of PostgreSQL 18 reads more of pagila.
  const std::string golden = grammar_version() < 180000 ? "tests/golden/corpora_findings.txt"
                                                        : "tests/golden/corpora_findings_newer.txt";
  EXPECT_EQ(differs_from_golden(golden, text), "");
}

}  // namespace
}  // namespace schemaudit
