// The samples' reports, and what every report must keep to.

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/support/json_schema_validator.h"
#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;

std::string sample(const std::string& name) {
  return std::string(SCHEMAUDIT_SOURCE_DIR) + "/samples/" + name;
}

ProgramRun audit_sample(const std::string& name, const std::string& format) {
  std::string db = fresh_database();
  // Samples without a database have no such file.
  test_server().run(db, read_whole(sample(name) + "/schema.sql"));
  return run_program({"audit", "--config", sample(name) + "/schemaudit.toml", "--format", format},
                     {.environment = {{"DATABASE_URL", db}}});
}

/// Without what names this run, this machine or this server.
Json steady(Json report) {
  report.erase("run");
  for (Json& source : report["sources"]) {
    if (source["kind"] != "db") continue;
    source["name"] = "db";
    // Servers of two versions may spell one expression in two ways.
    source["digest"] = "";
    source["server"] = nullptr;
  }
  return report;
}

class Reports : public LiveTest {};

TEST_F(Reports, SamplesSayWhatTheyAlwaysSaid) {
  for (const char* name :
       {"isolated-feature", "job-platform", "own-rules", "matching-engine", "library-models"}) {
    ProgramRun run = audit_sample(name, "json");
    EXPECT_EQ(run.exit_code, 1) << name << run.errors;
    Json report = Json::parse(run.output);
    EXPECT_EQ(schema_violations(run_program({"json-schema", "report"}).output, run.output),
              std::vector<std::string>())
        << name;
    EXPECT_EQ(differs_from_golden(std::string("samples/") + name + "/expected/report.json",
                                  steady(report).dump(2) + "\n"),
              "");
  }
}

TEST_F(Reports, TwoRunsDifferInTheirRunAlone) {
  std::string db = fresh_database();
  test_server().run(db, read_whole(sample("job-platform") + "/schema.sql"));
  auto report = [&] {
    Json parsed =
        Json::parse(run_program({"audit", "--config", sample("job-platform") + "/schemaudit.toml",
                                 "--format", "json"},
                                {.environment = {{"DATABASE_URL", db}}})
                        .output);
    parsed.erase("run");
    return parsed.dump();
  };
  EXPECT_EQ(report(), report());
}

TEST_F(Reports, NoFormatHoldsThePasswordOfADocument) {
  for (const char* format : {"json", "text", "html"}) {
    ProgramRun run = audit_sample("job-platform", format);
    EXPECT_EQ(run.output.find("tide-lamp-42"), std::string::npos) << format;
    EXPECT_EQ(run.errors, "");
  }
}

TEST_F(Reports, SnapshotsReadBackToTheSameSchema) {
  TemporaryFolder folder;
  std::string db = fresh_database();
  test_server().run(db, read_whole(sample("job-platform") + "/schema.sql"));
  ProgramRun first = run_program({"snapshot", "db:" + db});
  ASSERT_EQ(first.exit_code, 0) << first.errors;
  EXPECT_EQ(schema_violations(run_program({"json-schema", "snapshot"}).output, first.output),
            std::vector<std::string>());
  std::string file = folder.write("shop.json", first.output);
  EXPECT_EQ(run_program({"snapshot", "snapshot:" + file}).output, first.output);
  // A snapshot stands in for the database it was taken of.
  ProgramRun live =
      run_program({"audit", sample("job-platform") + "/docs", "--db", db, "--format", "json"});
  ProgramRun snapshot = run_program(
      {"audit", sample("job-platform") + "/docs", "--db", "snapshot:" + file, "--format", "json"});
  EXPECT_EQ(Json::parse(live.output)["findings"], Json::parse(snapshot.output)["findings"]);
}

TEST_F(Reports, RulesAndTheirTextsCanBeAskedFor) {
  Json rules = Json::parse(run_program({"rules", "--format", "json"}).output);
  EXPECT_GE(rules.size(), 29u);
  for (const Json& rule : rules) {
    for (const char* key : {"id", "severity", "category", "profile", "needs", "summary", "options"})
      EXPECT_TRUE(rule.contains(key)) << rule;
    ProgramRun explained = run_program({"explain", rule["id"].get<std::string>()});
    EXPECT_EQ(explained.exit_code, 0);
    EXPECT_NE(explained.output.find("Why"), std::string::npos) << rule["id"];
  }
  EXPECT_NE(run_program({"--version"}).output.find("PostgreSQL"), std::string::npos);
  for (const char* what : {"report", "diff", "config", "snapshot"})
    EXPECT_EQ(Json::parse(run_program({"json-schema", what}).output)["$schema"],
              "https://json-schema.org/draft/2020-12/schema");
}

}  // namespace
}  // namespace schemaudit
