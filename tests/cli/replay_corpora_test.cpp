// The SQL of real projects builds in a replay what it builds in PostgreSQL. It does not belong to
// the project and lies beside it; where it is not there each of these tests skips, by name.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/sql_corpora.h"
#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;

class ReplayOfCorpora : public LiveTest {
 protected:
  void SetUp() override {
    if (shared_folder().empty()) GTEST_SKIP() << "there is no ../shared beside this checkout";
    LiveTest::SetUp();
  }

  static void build(const SqlCorpus& corpus, const std::string& db) {
    ASSERT_EQ(build_with_psql(corpus, db), 0) << corpus.name;
  }

  /// What `schemaudit diff` says of the files and the database.
  static Json diff(const SqlCorpus& corpus, const std::string& db, int& exit_code,
                   const std::vector<std::string>& options = {}) {
    TemporaryFolder folder;
    std::string list;
    for (const SqlText& file : corpus.files) {
      folder.write(file.uri, file.text);
      list += file.uri + "\n";
    }
    folder.write("files.txt", list);
    std::vector<std::string> arguments = {"diff", "sql:@files.txt", "db:" + db, "--format", "json"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    ProgramRun run = run_program(arguments, {.folder = folder.path()});
    exit_code = run.exit_code;
    EXPECT_FALSE(run.output.empty()) << corpus.name << ": " << run.errors;
    return Json::parse(run.output, nullptr, false);
  }

  static std::string line_of(const std::string& name, const Json& diff) {
    const Json& from = diff["from"];
    const Json& statements = from["statements"];
    const Json& counts = diff["counts"];
    auto number = [](const Json& json, const char* key) {
      return std::to_string(json[key].get<std::size_t>());
    };
    return name + "\n  " + number(from["objects"], "tables") + " tables, " +
           number(from["objects"], "columns") +
           " columns; statements: " + number(statements, "total") + " total, " +
           number(statements, "replayed") + " replayed, " + number(statements, "without_effect") +
           " without effect, " + number(statements, "unanalysed") + " unanalysed, " +
           number(statements, "refused") + " refused, " + number(statements, "invalid") +
           " invalid\n  " + number(counts, "compared") + " facts compared, " +
           number(counts, "differences") + " differences, " + number(counts, "unknown") +
           " unknown, " + number(counts, "undecided") + " undecided, " +
           number(counts, "unknown_view_columns") + " unknown of views' columns\n";
  }

  static std::string place(const Json& problem) {
    return problem["location"].value("uri", "") + ":" +
           std::to_string(problem["location"].value("line", 0));
  }
};

TEST_F(ReplayOfCorpora, EqualsTheDatabaseThatTheFilesBuild) {
  std::string listing =
      "# What is known of each corpus after its replay, beside the database that psql builds of "
      "it.\n# SCHEMAUDIT_UPDATE=1 rewrites it.\n\n";
  for (const SqlCorpus& corpus : sql_corpora()) {
    SCOPED_TRACE(corpus.name);
    ASSERT_FALSE(corpus.files.empty());
    std::string db = fresh_database();
    // The CSV files that adventureworks loads are no part of it. The few rows that its text itself
    // holds refer to those, and a foreign key would be refused for them.
    build(corpus.name == "adventureworks" ? without_rows(corpus) : corpus, db);
    int exit_code = -1;
    Json found = diff(corpus, db, exit_code);
    EXPECT_EQ(found["differences"], Json::array()) << found["differences"].dump(1);
    EXPECT_EQ(exit_code, 0);
    const Json& counts = found["counts"];
    std::size_t open =
        counts["unknown"].get<std::size_t>() + counts["undecided"].get<std::size_t>();
    EXPECT_LE(open * 100, counts["compared"].get<std::size_t>() + open)
        << "more than 1 % unknown or undecided: " << found["not_compared"].dump();
    EXPECT_GT(found["from"]["objects"]["tables"], 0);
    EXPECT_EQ(found["from"]["objects"]["tables"], found["to"]["objects"]["tables"]);
    listing += line_of(corpus.name, found);
  }
  EXPECT_EQ(differs_from_golden("tests/golden/corpora_replays.txt", listing), "");
}

TEST_F(ReplayOfCorpora, SchemasMadeInBlocksAreEqualByTheScratchServerAndListedWithoutIt) {
  for (const SqlCorpus& corpus : corpora_of_blocks()) {
    SCOPED_TRACE(corpus.name);
    ASSERT_FALSE(corpus.files.empty());
    std::string db = fresh_database();
    build(corpus, db);
    int exit_code = -1;
    Json settled = diff(corpus, db, exit_code, {"--scratch"});
    EXPECT_EQ(settled["differences"], Json::array()) << settled["differences"].dump(1);
    EXPECT_EQ(exit_code, 0);
    EXPECT_EQ(settled["counts"]["unanalysed"], 0);
    EXPECT_GT(settled["counts"]["compared"], 500);

    Json replayed = diff(corpus, db, exit_code, {"--strict"});
    EXPECT_EQ(exit_code, replayed["equal"].get<bool>() ? 3 : 1);
    std::size_t listed = 0;
    for (const Json& problem : replayed["from"]["problems"]) {
      if (problem["kind"] != "unanalysed") continue;
      ++listed;
      EXPECT_NE(problem["message"].get<std::string>().find("DO block"), std::string::npos)
          << problem;
      bool at_a_block = false;
      for (const SqlText& file : corpus.files) {
        if (file.uri != problem["location"].value("uri", "")) continue;
        std::istringstream lines(file.text);
        std::string line;
        for (int i = problem["location"].value("line", 0); i > 0; --i) std::getline(lines, line);
        at_a_block = line.find("DO") != std::string::npos || line.find("do") != std::string::npos;
      }
      EXPECT_TRUE(at_a_block) << place(problem) << " is no line of a block";
    }
    EXPECT_EQ(listed, replayed["counts"]["unanalysed"].get<std::size_t>());
    EXPECT_GT(listed, 0u) << "blocks that are all followed need no list: move this corpus up";
    // What is different is what the blocks that are listed make, never something that both have.
    for (const Json& difference : replayed["differences"])
      EXPECT_TRUE(difference["from"].is_null()) << difference;
  }
}

}  // namespace
}  // namespace schemaudit
