// `schemaudit verify` as it is typed, and its evidence in an audit.

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/json_schema_validator.h"
#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;

class Verify : public LiveTest {
 protected:
  void SetUp() override {
    LiveTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    db_ = fresh_database();
    test_server().run(db_,
                      "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = "
                      "'cli_reader') THEN CREATE ROLE cli_reader LOGIN; CREATE ROLE cli_owner "
                      "LOGIN; END IF; END $$");
  }

  ProgramRun verify(std::vector<std::string> arguments, const std::string& conninfo = {}) const {
    arguments.insert(arguments.begin(), "verify");
    arguments.insert(arguments.end(), {"--db", conninfo.empty() ? db_ : conninfo});
    return run_program(arguments, {.folder = folder_.path()});
  }

  std::string as(const std::string& role) const {
    return test_server().conninfo(database_name(db_), role);
  }

  /// `passed 12`, the state of each query with its line.
  static std::vector<std::string> states(const ProgramRun& run) {
    std::vector<std::string> states;
    const Json report = Json::parse(run.output);
    for (const Json& query : report["queries"])
      states.push_back(query["state"].get<std::string>() + " " +
                       std::to_string(query["location"]["line"].get<int>()));
    return states;
  }

  TemporaryFolder folder_;
  std::string db_;
};

const char* const kPlan =
    "# Plan\n"
    "## Verification\n"
    "```sql\nSELECT count(*) FROM t;\n```\n"
    "Expected: `2`\n\n"
    "```sql\nSELECT * FROM t;\n```\n";

TEST_F(Verify, ExitCodes) {
  folder_.write("plan.md", kPlan);
  test_server().run(db_, "CREATE TABLE t (id int); INSERT INTO t VALUES (1), (2)");
  ProgramRun passed = verify({"plan.md"});
  EXPECT_EQ(passed.exit_code, 0) << passed.output << passed.errors;
  EXPECT_NE(passed.output.find("PASS  1 passed, 0 failed, 0 not proved, 0 not evaluated, 1 without "
                               "a stated expectation"),
            std::string::npos)
      << passed.output;
  EXPECT_EQ(verify({"plan.md", "--strict"}).exit_code, 3) << "a query of which nothing is stated";

  test_server().run(db_, "INSERT INTO t VALUES (3)");
  ProgramRun failed = verify({"plan.md"});
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_NE(failed.output.find("count is 3"), std::string::npos) << failed.output;

  // What could not be proved: refused, not permitted, not there, not asked.
  EXPECT_EQ(verify({"plan.md"}, as("cli_reader")).exit_code, 3);
  folder_.write("refused.md", "# C\n```sql\nSELECT pg_sleep(0);\n```\nExpected: 1 row\n");
  EXPECT_EQ(verify({"refused.md"}).exit_code, 3);
  folder_.write("prose.md", "# C\n```sql\nSELECT 1;\n```\nExpected: quick\n");
  EXPECT_EQ(verify({"prose.md"}).exit_code, 3) << "nothing proved is never a pass";
  folder_.write("none.md", "# C\n```sql\nSELECT 1;\n```\n");
  ProgramRun none = verify({"none.md"});
  EXPECT_EQ(none.exit_code, 3);
  EXPECT_NE(none.output.find("no query with an expectation that can be judged was found"),
            std::string::npos);
  EXPECT_EQ(verify({"plan.md"}, "postgresql://nobody@127.0.0.1:1/x").exit_code, 3);
  folder_.write("latin.md", std::string(kPlan) + "\xE9\n");
  test_server().run(db_, "DELETE FROM t WHERE id = 3");
  EXPECT_EQ(verify({"latin.md"}).exit_code, 3) << "not all of it could be read";
  // A failure wins over what could not be proved.
  EXPECT_EQ(verify({"plan.md", "refused.md"}).exit_code, 3);
  test_server().run(db_, "DELETE FROM t");
  EXPECT_EQ(verify({"plan.md", "refused.md"}).exit_code, 1);

  EXPECT_EQ(verify({"absent.md"}).exit_code, 2);
  EXPECT_EQ(verify({}).exit_code, 2);
  EXPECT_EQ(verify({"plan.md", "--format", "html"}).exit_code, 2);
  EXPECT_EQ(verify({"plan.md"}, "snapshot:x.json").exit_code, 2);
}

TEST_F(Verify, TakesItsSourcesFromTheConfigAndLeavesPlansOut) {
  folder_.write("docs/now.md", kPlan);
  folder_.write("docs/plans/later.md", "# Later\n```sql\nSELECT 1;\n```\nExpected: 0 rows\n");
  folder_.write("schemaudit.toml",
                "[sources]\ndocs = [\"docs/*.md\", { path = \"docs/plans/*.md\", state = "
                "\"planned\" }]\ndatabase = \"env:VERIFY_URL\"\n");
  test_server().run(db_, "CREATE TABLE t (id int); INSERT INTO t VALUES (1), (2)");
  ProgramRun run =
      run_program({"verify"}, {.folder = folder_.path(), .environment = {{"VERIFY_URL", db_}}});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  EXPECT_NE(run.output.find("docs/plans/later.md is planned"), std::string::npos) << run.output;
  EXPECT_EQ(verify({"docs/plans/later.md"}).exit_code, 1);
}

TEST_F(Verify, WritesJsonAndEvidenceThatFollowTheirSchemas) {
  folder_.write("plan.md", kPlan);
  test_server().run(db_, "CREATE TABLE t (id int)");
  ProgramRun run = verify({"plan.md", "--format", "json", "--evidence", "evidence.json"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_EQ(schema_violations(run_program({"json-schema", "verify"}).output, run.output),
            std::vector<std::string>());
  EXPECT_EQ(states(run), (std::vector<std::string>{"failed 4", "no_expectation 9"}));
  const std::string evidence = read_whole(folder_.path() + "/evidence.json");
  EXPECT_EQ(schema_violations(run_program({"json-schema", "evidence"}).output, evidence),
            std::vector<std::string>());
  EXPECT_EQ(Json::parse(evidence)["state"], "failed");
  EXPECT_EQ(Json::parse(evidence)["items"].size(), 1u);
}

TEST_F(Verify, WhatCellsHoldObeysNobody) {
  folder_.write("plan.md", "# C\n```sql\nSELECT * FROM t;\n```\nExpected: 0 rows\n");
  test_server().run(db_,
                    "CREATE TABLE t (a text, \"\x1b[2J\" text); INSERT INTO t VALUES "
                    "(E'\\x1b]0;owned\\x07', 'postgresql://u:hunter2@db/x')");
  ProgramRun text = verify({"plan.md", "--color", "never"});
  EXPECT_EQ(text.exit_code, 1);
  EXPECT_EQ(text.output.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.output.find('\x07'), std::string::npos);
  EXPECT_NE(text.output.find("owned"), std::string::npos) << text.output;
  for (const char* format : {"text", "json"})
    EXPECT_EQ(verify({"plan.md", "--format", format}).output.find("hunter2"), std::string::npos)
        << format;
}

TEST_F(Verify, NoValueOfASecretColumnIsShown) {
  test_server().run(db_,
                    "CREATE TABLE users (id int PRIMARY KEY, password text, has_password boolean); "
                    "INSERT INTO users VALUES (1, 'hunter2', true)");
  folder_.write("plan.md",
                "# A\n```sql\nSELECT * FROM users;\n```\nExpected: 0 rows\n\n"
                "# B\n```sql\nSELECT password FROM users;\n```\nExpected: `x`\n\n"
                "# C\n```sql\nSELECT id, password FROM users;\n```\nExpected:\n\n"
                "| id | password |\n|---|---|\n| 1 | hunter2x |\n");
  for (const char* format : {"text", "json"}) {
    const std::string output =
        verify({"plan.md", "--format", format, "--evidence", "evidence.json", "--color", "never"})
            .output;
    EXPECT_EQ(output.find("hunter2"), std::string::npos) << output;
    EXPECT_NE(output.find("password is ***"), std::string::npos) << output;
  }
  const std::string evidence = read_whole(folder_.path() + "/evidence.json");
  EXPECT_EQ(evidence.find("hunter2"), std::string::npos) << evidence;
  const std::string text = verify({"plan.md", "--color", "never"}).output;
  EXPECT_NE(text.find("id = 1, password = ***, has_password = t"), std::string::npos) << text;
  EXPECT_NE(text.find("no row (1, ***)"), std::string::npos) << text;

  folder_.write("counts.md",
                "# A\n```sql\nSELECT count(*) AS tokens FROM users;\n```\nExpected: `0`\n");
  const std::string counts = verify({"counts.md", "--color", "never"}).output;
  EXPECT_NE(counts.find("tokens is 1"), std::string::npos) << counts;
}

TEST_F(Verify, ItsEvidenceDecidesACriterionOfTheSameDocuments) {
  folder_.write("docs/plan.md", std::string(kPlan) +
                                    "\n## t\n| Column | Type |\n|---|---|\n"
                                    "| id | integer |\n");
  folder_.write("schemaudit.toml",
                "[sources]\ndocs = \"docs/\"\n[[criteria]]\ntext = \"Verified\"\ndecided_by = "
                "[\"verify\"]\n");
  test_server().run(db_, "CREATE TABLE t (id int); INSERT INTO t VALUES (1), (2)");
  auto criterion = [&](std::vector<std::string> arguments, int* code = nullptr) {
    arguments.insert(arguments.begin(),
                     {"audit", "--db", db_, "--fail-on", "never", "--format", "json"});
    ProgramRun run = run_program(arguments, {.folder = folder_.path()});
    if (code) *code = run.exit_code;
    EXPECT_EQ(schema_violations(run_program({"json-schema", "report"}).output, run.output),
              std::vector<std::string>());
    Json found = Json::parse(run.output)["criteria"][0];
    return found["state"].get<std::string>() + ": " + found["reason"].get<std::string>();
  };
  EXPECT_TRUE(criterion({}).starts_with("not_evaluated: no evidence of verify was given"));
  EXPECT_EQ(verify({"--evidence", "v.json"}).exit_code, 0);
  EXPECT_TRUE(criterion({"--evidence", "v.json"}).starts_with("met: verify (v.json): all 1 passed"))
      << criterion({"--evidence", "v.json"});

  test_server().run(db_, "DELETE FROM t");
  EXPECT_EQ(verify({"--evidence", "w.json"}).exit_code, 1);
  EXPECT_TRUE(criterion({"--evidence", "v.json", "--evidence", "w.json"})
                  .starts_with("not_met: verify (w.json): 1 of 1 failed"));

  // The documents have changed since: what was proved was proved of others.
  folder_.write("docs/plan.md", std::string(kPlan) + "\nMore.\n");
  EXPECT_TRUE(criterion({"--evidence", "v.json"})
                  .starts_with("not_evaluated: v.json does not count: it was made from docs"));

  folder_.write("broken.json", "{}");
  int code = 0;
  EXPECT_TRUE(criterion({"--evidence", "broken.json"}, &code).starts_with("not_evaluated"));
  EXPECT_EQ(code, 3);
  EXPECT_EQ(
      run_program({"audit", "--db", db_, "--evidence", "absent.json"}, {.folder = folder_.path()})
          .exit_code,
      2);
}

class RealPlan : public Verify {
 protected:
  void SetUp() override {
    if (shared_folder().empty()) GTEST_SKIP() << "there is no ../shared beside this checkout";
    Verify::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    plan_ = shared_folder() + "/inputs/ws1-phase3-schema.md";
    const std::string text = read_whole(plan_);
    for (std::size_t at = 0; (at = text.find("```sql\n", at)) != std::string::npos;) {
      at += 7;
      const std::string fence = text.substr(at, text.find("```", at) - at);
      // The tables, their indexes and the row of the kill switch; not the way back.
      if (fence.find("CREATE ") != std::string::npos || fence.find("INSERT ") != std::string::npos)
        test_server().run(db_, fence);
      if (fence.find("DO NOTHING") != std::string::npos) seed_ = fence;
    }
    test_server().run(db_, R"sql(
      DO $$ DECLARE t text; BEGIN
        FOR t IN SELECT relname FROM pg_class WHERE relname LIKE 'p3%' AND relkind = 'r' LOOP
          EXECUTE format('ALTER TABLE %I OWNER TO cli_owner', t);
          EXECUTE format('GRANT SELECT ON %I TO cli_reader', t);
        END LOOP;
      END $$)sql");
  }

  ProgramRun judged(const std::string& conninfo = {}) const {
    return verify({plan_, "--format", "json"}, conninfo);
  }

  std::string plan_, seed_;
};

TEST_F(RealPlan, ThreeOfItsFourQueriesStateWhatTheyGive) {
  ProgramRun run = judged();
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  EXPECT_EQ(states(run), (std::vector<std::string>{"no_expectation 263", "passed 271", "passed 282",
                                                   "passed 294"}));
}

TEST_F(RealPlan, AForeignKeyIsFoundByTheOwnerAndByARoleThatMayOnlySelect) {
  for (const std::string role : {"", "cli_owner", "cli_reader"})
    EXPECT_EQ(judged(role.empty() ? "" : as(role)).exit_code, 0) << role;
  test_server().run(db_,
                    "ALTER TABLE p3_advisory_cache ADD COLUMN s text REFERENCES "
                    "p3_feature_state");
  for (const std::string role : {"", "cli_owner", "cli_reader"}) {
    ProgramRun run = judged(role.empty() ? "" : as(role));
    EXPECT_EQ(run.exit_code, 1) << role;
    EXPECT_EQ(states(run)[1], "failed 271") << role;
  }
}

TEST_F(RealPlan, AKillSwitchLeftOnIsTold) {
  test_server().run(db_, "UPDATE p3_feature_state SET enabled = true");
  // What the plan seeds it with does nothing to a row that is there.
  ASSERT_NE(seed_, "");
  test_server().run(db_, seed_);
  ProgramRun run = judged();
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_EQ(states(run)[2], "failed 282");
  EXPECT_EQ(Json::parse(run.output)["queries"][2]["seen"], "enabled is t");
}

}  // namespace
}  // namespace schemaudit
