// Runs on real documents that do not belong to the project and lie beside it. Where they are
// not there each of these tests skips, by name.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "analyzer/sql/claims.h"
#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;
using Found = std::vector<std::pair<std::string, int>>;

class RealDocuments : public LiveTest {
 protected:
  void SetUp() override {
    shared_ = shared_folder();
    if (shared_.empty()) GTEST_SKIP() << "there is no ../shared beside this checkout";
    LiveTest::SetUp();
  }

  std::string input(const std::string& name) const { return shared_ + "/inputs/" + name + ".md"; }

  static Json audit(std::vector<std::string> arguments, int* exit_code = nullptr) {
    arguments.insert(arguments.begin(), "audit");
    arguments.insert(arguments.end(), {"--format", "json"});
    ProgramRun run = run_program(arguments);
    if (exit_code) *exit_code = run.exit_code;
    return Json::parse(run.output, nullptr, false);
  }

  static Found lines_of(const Json& report) {
    Found found;
    for (const Json& finding : report["findings"])
      found.push_back(
          {finding["rule"].get<std::string>(),
           finding["locations"].empty() ? 0 : finding["locations"][0].value("line", 0)});
    std::sort(found.begin(), found.end());
    return found;
  }

  /// The SQL of a document's fences that create tables and indexes, as a database would get it.
  static std::string ddl_of(const std::string& markdown) {
    std::string sql;
    std::size_t at = 0;
    while ((at = markdown.find("```sql\n", at)) != std::string::npos) {
      at += 7;
      std::string fence = markdown.substr(at, markdown.find("```", at) - at);
      if (fence.find("CREATE ") != std::string::npos) sql += fence + "\n";
    }
    return sql;
  }

  std::string shared_;
};

TEST_F(RealDocuments, IsolatedPhaseAgreesWithItsOwnDdlUntilAForeignKeyIsPlanted) {
  std::string document = input("ws1-phase3-schema");
  std::string db = fresh_database();
  test_server().run(db, ddl_of(read_whole(document)));
  test_server().run(db, "CREATE TABLE p3xlog (id int PRIMARY KEY)");
  TemporaryFolder folder;
  std::string config = folder.write("schemaudit.toml",
                                    "[scope]\nignore = [\"p3xlog\"]\n"
                                    "[policy.isolation.phase3]\ntables = \"p3_*\"\n"
                                    "foreign_keys = \"forbid\"\ndependencies = \"forbid\"\n");
  int exit_code = -1;
  Json report = audit({document, "--db", db, "--config", config}, &exit_code);
  EXPECT_EQ(exit_code, 0) << report.dump(2);
  EXPECT_EQ(report["findings"], Json::array());
  for (const Json& metric : report["metrics"]) {
    if (metric["id"] == "documented-tables" || metric["id"] == "docs-agreement") {
      EXPECT_EQ(metric["numerator"], metric["denominator"]) << metric;
    }
  }
  EXPECT_EQ(report["metrics"][0]["denominator"], 4);

  test_server().run(db,
                    "ALTER TABLE p3_advisory_cache ADD FOREIGN KEY (signal_id) REFERENCES "
                    "p3_advisory_signal (id);"
                    "CREATE ROLE phase3_reader LOGIN; GRANT USAGE ON SCHEMA public TO "
                    "phase3_reader; GRANT SELECT ON ALL TABLES IN SCHEMA public TO phase3_reader");
  std::string reader = test_server().conninfo(database_name(db), "phase3_reader");
  for (bool as_reader : {false, true}) {
    report = audit({document, "--db", as_reader ? reader : db, "--config", config}, &exit_code);
    EXPECT_EQ(exit_code, 1);
    std::size_t critical = 0, hidden = 0;
    for (const Json& finding : report["findings"]) {
      critical += finding["severity"] == "critical";
      hidden += finding["rule"] == "hidden-from-role";
      EXPECT_TRUE(finding["rule"] == "forbidden-foreign-key" ||
                  finding["rule"] == "hidden-from-role")
          << finding;
    }
    EXPECT_EQ(critical, 1u);
    EXPECT_EQ(hidden > 0, as_reader) << report["findings"].dump(1);
  }

  test_server().run(db, "CREATE VIEW cache_keys AS SELECT cache_key FROM p3_advisory_cache");
  report = audit({document, "--db", db, "--config", config}, &exit_code);
  EXPECT_EQ(std::count_if(report["findings"].begin(), report["findings"].end(),
                          [](const Json& f) { return f["rule"] == "forbidden-dependency"; }),
            1);
}

TEST_F(RealDocuments, GlobOfAnIsolationPolicyTakesItsUnderscoreLiterally) {
  std::string db = fresh_database();
  test_server().run(db,
                    "CREATE TABLE users (id int PRIMARY KEY);"
                    "CREATE TABLE p3xlog (id int PRIMARY KEY, user_id int REFERENCES users (id))");
  TemporaryFolder folder;
  std::string config = folder.write("schemaudit.toml",
                                    "[policy.isolation.phase3]\ntables = \"p3_*\"\n"
                                    "foreign_keys = \"forbid\"\n");
  Json report = audit({"--db", db, "--config", config});
  EXPECT_EQ(report["findings"], Json::array()) << report["findings"].dump(1);
}

TEST_F(RealDocuments, DesignOfFifteenTables) {
  Json report = audit({input("hireflux-database-design")});
  EXPECT_EQ(report["sources"][0]["objects"]["tables"], 15);
  EXPECT_EQ(lines_of(report), (Found{{"contradictory-docs", 719},
                                     {"contradictory-docs", 720},
                                     {"contradictory-docs", 723},
                                     {"contradictory-docs", 724},
                                     {"contradictory-docs", 731},
                                     {"contradictory-docs", 746},
                                     {"contradictory-docs", 771},
                                     {"unknown-reference-in-docs", 321},
                                     {"unknown-reference-in-docs", 728}}));
}

TEST_F(RealDocuments, DesignsQueriesThatCompareAUuidWithTextAreBroken) {
  std::string document = input("hireflux-database-design");
  std::string db = fresh_database();
  // The document states jobs after its first reference; the database needs another order.
  std::string ddl = ddl_of(read_whole(document));
  std::size_t at = ddl.find(" REFERENCES jobs(id) ON DELETE SET NULL,\n\n    content");
  ASSERT_NE(at, std::string::npos);
  ddl.erase(at, std::string(" REFERENCES jobs(id) ON DELETE SET NULL").size());
  for (std::size_t end; (at = ddl.find("CREATE EXTENSION")) != std::string::npos;) {
    end = ddl.find(";", at);
    ddl.erase(at, end + 1 - at);
  }
  std::string sql = ddl.substr(0, ddl.find("-- Users\nCREATE INDEX"));
  test_server().run(db, sql);
  test_server().run(db,
                    "ALTER TABLE cover_letters ADD FOREIGN KEY (job_id) REFERENCES jobs (id) "
                    "ON DELETE SET NULL");
  Json report = audit({document, "--db", db});
  std::vector<int> broken;
  for (const auto& [rule, line] : lines_of(report))
    if (rule == "broken-query-in-docs") broken.push_back(line);
  EXPECT_EQ(broken.size(), 4u) << Json(broken).dump();
}

TEST_F(RealDocuments, MigrationPlanWithAReservedWord) {
  Json report = audit({input("migration-plan-v1.0-to-v1.1")});
  EXPECT_GE(report["sources"][0]["objects"]["tables"].get<int>(), 9);
  EXPECT_EQ(lines_of(report), (Found{{"credential-in-docs", 16},
                                     {"credential-in-docs", 29},
                                     {"invalid-sql-in-docs", 83},
                                     {"invalid-sql-in-docs", 996}}));
  bool candidates = false;
  for (const Json& document : report["sources"][0]["documents"])
    for (const Json& table : document["tables"])
      if (table["name"] == "candidates") candidates = table["columns"] == 12;
  EXPECT_TRUE(candidates) << "the table at line 76 is read although PostgreSQL refuses it";
}

TEST_F(RealDocuments, SummaryInListsIsPartialAndItsPasswordNowhere) {
  Json report = audit({input("phase5-prisma-pr1")});
  EXPECT_EQ(report["sources"][0]["objects"]["tables"], 6);
  for (const Json& document : report["sources"][0]["documents"])
    for (const Json& table : document["tables"]) EXPECT_FALSE(table["complete"]) << table;
  Found found = lines_of(report);
  EXPECT_TRUE(std::count(found.begin(), found.end(),
                         std::pair<std::string, int>{"credential-in-docs", 157}));
  EXPECT_TRUE(std::any_of(found.begin(), found.end(),
                          [](const auto& f) { return f.first == "garbled-text"; }));
  for (const char* format : {"text", "json", "html"}) {
    ProgramRun run = run_program({"audit", input("phase5-prisma-pr1"), "--format", format});
    EXPECT_EQ(run.output.find("postgres:password@"), std::string::npos) << format;
    EXPECT_EQ(run.output.find("POSTGRES_PASSWORD=password"), std::string::npos) << format;
  }
}

/// What was read of every document in ../shared/corpora, table by table.
TEST_F(RealDocuments, CorporaAreReadAsTheyWereReadByEye) {
  std::string listing =
      "# document:line  table: form, columns, constraints, indexes, complete or partial\n"
      "# Read by eye once; SCHEMAUDIT_UPDATE=1 rewrites it.\n";
  std::vector<std::string> corpora;
  for (const auto& entry : std::filesystem::directory_iterator(shared_ + "/corpora"))
    corpora.push_back(entry.path().filename().string());
  std::sort(corpora.begin(), corpora.end());
  for (const std::string& corpus : corpora) {
    ProgramRun run = run_program({"audit", corpus, "--format", "json", "--fail-on", "never"},
                                 {.folder = shared_ + "/corpora"});
    if (run.exit_code == 2) {
      listing += "\n## " + corpus + ": no markdown\n";
      continue;
    }
    Json report = Json::parse(run.output);
    listing += "\n## " + corpus + "\n";
    for (const Json& document : report["sources"][0]["documents"]) {
      std::string uri = document["uri"];
      if (document["tables"].empty()) listing += uri + "  nothing\n";
      for (const Json& table : document["tables"])
        listing += uri + ":" + std::to_string(table.value("line", 0)) + "  " +
                   table["name"].get<std::string>() + ": " + table["form"].get<std::string>() +
                   ", " + std::to_string(table["columns"].get<int>()) + " columns, " +
                   std::to_string(table["constraints"].get<int>()) + " constraints, " +
                   std::to_string(table["indexes"].get<int>()) + " indexes, " +
                   (table["complete"].get<bool>() ? "complete" : "partial") + "\n";
    }
    for (const Json& finding : report["findings"])
      listing += "  finding " + finding["rule"].get<std::string>() + " " +
                 finding["locations"][0].value("uri", "") + ":" +
                 std::to_string(finding["locations"][0].value("line", 0)) + "\n";
    for (const Json& question : report["questions"])
      listing += "  question " + question["rule"].get<std::string>() + " " +
                 std::to_string(question["count"].get<int>()) + "\n";
  }
  // The grammar of PostgreSQL 18 reads more of pagila.
  const std::string golden = grammar_version() < 180000 ? "tests/golden/corpora_readings.txt"
                                                        : "tests/golden/corpora_readings_newer.txt";
  EXPECT_EQ(differs_from_golden(golden, listing), "");
}

}  // namespace
}  // namespace schemaudit
