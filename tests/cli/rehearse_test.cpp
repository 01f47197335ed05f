// `schemaudit rehearse` as a user runs it.

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "tests/support/json_schema_validator.h"
#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

using Json = nlohmann::json;

class RehearseCommand : public LiveTest {
 protected:
  ProgramRun rehearse(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "rehearse");
    arguments.push_back("--scratch-url=" + test_server().conninfo("postgres"));
    return run_program(arguments, {.folder = folder_.path()});
  }

  /// `kind line object` of each fault that gates, sorted.
  static std::string gating(const Json& report) {
    std::vector<std::string> faults;
    for (const Json& fault : report["faults"])
      if (fault["gates"])
        faults.push_back(fault["kind"].get<std::string>() + " " +
                         std::to_string(fault["location"].value("line", 0)) +
                         (fault["object"].is_null() ? ""
                                                    : " " + fault["object"].value("kind", "") +
                                                          " " + fault["object"].value("name", "")));
    std::sort(faults.begin(), faults.end());
    std::string text;
    for (const std::string& fault : faults) text += fault + "\n";
    return text;
  }

  TemporaryFolder folder_;
};

TEST_F(RehearseCommand, ExitsWithWhatItFound) {
  folder_.write("good/1_t.up.sql", "CREATE TABLE t (id int PRIMARY KEY);");
  folder_.write("good/1_t.down.sql", "DROP TABLE t;");
  EXPECT_EQ(rehearse({"good"}).exit_code, 0) << rehearse({"good"}).output;

  folder_.write("bad/1_t.up.sql", "CREATE TABLE t (id int PRIMARY KEY); CREATE TYPE e AS ENUM ();");
  folder_.write("bad/1_t.down.sql", "DROP TABLE t;");
  ProgramRun bad = rehearse({"bad"});
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_NE(bad.output.find("the way back leaves enum public.e behind"), std::string::npos)
      << bad.output;

  EXPECT_EQ(rehearse({"nowhere"}).exit_code, 2);
  EXPECT_EQ(rehearse({}).exit_code, 2);
  EXPECT_EQ(rehearse({"good", "--before", "nowhere.sql"}).exit_code, 2);
  // A state that could not be built whole proves nothing.
  folder_.write("before.sql", "CREATE TABLE a (id int); CREATE TABLE a (id int);");
  EXPECT_EQ(rehearse({"good", "--before", "before.sql"}).exit_code, 3);
  folder_.write("back_alone/1_t.down.sql", "DROP TABLE t;");
  const ProgramRun back_alone = rehearse({"back_alone"});
  EXPECT_EQ(back_alone.exit_code, 3);
  EXPECT_NE(back_alone.output.find("no step was tried: none of the files leads up"),
            std::string::npos)
      << back_alone.output;
  folder_.write("latin/1_t.up.sql", "-- caf\xE9\nCREATE TABLE t (id int PRIMARY KEY);");
  folder_.write("latin/1_t.down.sql", "DROP TABLE t;");
  const ProgramRun latin = rehearse({"latin"});
  EXPECT_EQ(latin.exit_code, 3);
  EXPECT_NE(latin.output.find("latin/1_t.up.sql:1: the file is not UTF-8"), std::string::npos)
      << latin.output;
}

TEST_F(RehearseCommand, WritesJsonThatKeepsToItsSchema) {
  folder_.write("m/1_t.up.sql", "CREATE TABLE t (id int PRIMARY KEY);");
  folder_.write("m/1_t.down.sql", "SELECT 1;");
  const ProgramRun first = rehearse({"m", "--format", "json"});
  const ProgramRun second = rehearse({"m", "--format", "json"});
  Json report = Json::parse(first.output), again = Json::parse(second.output);
  EXPECT_EQ(schema_violations(run_program({"json-schema", "rehearsal"}).output, first.output),
            std::vector<std::string>{});
  EXPECT_EQ(gating(report), "object_left 1 table t\n");
  report.erase("run");
  again.erase("run");
  EXPECT_EQ(report, again);
}

TEST_F(RehearseCommand, NamesTheTablesWhoseRowsItDidNotTry) {
  folder_.write("m/1_kinds.up.sql", "CREATE TABLE kinds (id int PRIMARY KEY);");
  folder_.write("m/1_kinds.down.sql", "DROP TABLE kinds;");
  folder_.write("m/2_fill.up.sql", "INSERT INTO kinds VALUES (1);");
  folder_.write("m/2_fill.down.sql", "DELETE FROM kinds WHERE id = 1;");
  const ProgramRun run =
      rehearse({"m", "--format", "json", "--format", "text=told.txt", "--evidence", "proof.json"});
  EXPECT_EQ(run.exit_code, 0) << run.output;
  EXPECT_EQ(schema_violations(run_program({"json-schema", "rehearsal"}).output, run.output),
            std::vector<std::string>{});
  const Json empty = Json::parse(run.output)["rows"]["steps_on_empty_tables"];
  ASSERT_EQ(empty.size(), 1u);
  EXPECT_EQ(empty[0]["version"], "2");
  EXPECT_EQ(empty[0]["tables"], Json::parse(R"([{"schema": "public", "table": "kinds"}])"));
  EXPECT_NE(read_whole(folder_.path() + "/told.txt")
                .find("step 2 was tried without rows in public.kinds: with some it does not go up: "
                      "duplicate key value"),
            std::string::npos);
  EXPECT_NE(read_whole(folder_.path() + "/proof.json").find("tables of earlier steps held no rows"),
            std::string::npos);
}

TEST_F(RehearseCommand, DecidesACriterionOfAnAudit) {
  folder_.write("m/1_t.up.sql", "CREATE TABLE t (id int PRIMARY KEY);");
  folder_.write("m/1_t.down.sql", "DROP TABLE t;");
  folder_.write("schemaudit.toml",
                "[[criteria]]\ntext = \"The rollback has been tried\"\ndecided_by = "
                "[\"rehearse\"]\n");
  const std::vector<std::string> audit = {"audit",      "--migrations", "m",   "--evidence",
                                          "proof.json", "--format",     "json"};
  auto state = [&] {
    return Json::parse(run_program(audit, {.folder = folder_.path()}).output)["criteria"][0].value(
        "state", "");
  };
  EXPECT_EQ(rehearse({"m", "--evidence", "proof.json"}).exit_code, 0);
  EXPECT_EQ(state(), "met");
  // Other migrations than those that were rehearsed.
  folder_.write("m/2_u.up.sql", "CREATE TABLE u (id int PRIMARY KEY);");
  EXPECT_EQ(state(), "not_evaluated");
  EXPECT_EQ(rehearse({"m", "--evidence", "proof.json"}).exit_code, 0);
  EXPECT_EQ(state(), "not_evaluated");
  folder_.write("m/2_u.down.sql", "SELECT 1;");
  EXPECT_EQ(rehearse({"m", "--evidence", "proof.json"}).exit_code, 1);
  EXPECT_EQ(state(), "not_met");
}

/// The document with one place mended, so that it can run.
std::string with_quoted_word(const std::string& plan) {
  std::istringstream lines(plan);
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    const std::string word = "current_role";
    for (std::size_t at = 0; (at = line.find(word, at)) != std::string::npos; at += word.size() + 2)
      line = line.substr(0, at) + '"' + word + '"' + line.substr(at + word.size());
    text += line + "\n";
  }
  return text;
}

// Tables of version 1.0 as the plan's own statements speak of them.
constexpr const char* kVersionOne = R"sql(
CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email varchar(255) NOT NULL UNIQUE,
  role varchar(20) NOT NULL DEFAULT 'consultant' CONSTRAINT users_role_check CHECK (role IN ('consultant', 'admin')),
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE file_uploads (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL REFERENCES users (id),
  filename varchar(255) NOT NULL, original_filename varchar(255) NOT NULL,
  file_hash varchar(64) NOT NULL, file_size integer NOT NULL CHECK (file_size > 0),
  mime_type varchar(100) NOT NULL, status varchar(20) NOT NULL DEFAULT 'pending',
  progress integer DEFAULT 0, extracted_text text, word_count integer,
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz);
CREATE TABLE analysis_requests (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL REFERENCES users (id),
  original_filename varchar(255), target_role varchar(255), target_industry varchar(255),
  experience_level varchar(50), status varchar(20) NOT NULL DEFAULT 'pending',
  created_at timestamptz NOT NULL DEFAULT now(), completed_at timestamptz);
CREATE TABLE analysis_results (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL REFERENCES analysis_requests (id),
  overall_score numeric(5,2), content_score numeric(5,2), formatting_score numeric(5,2),
  keyword_optimization_score numeric(5,2), strengths text[], weaknesses text[],
  recommendations text[], detailed_feedback text, ai_model_used varchar(100),
  processing_time_ms integer, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE prompts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name varchar(100) NOT NULL, content text,
  version integer NOT NULL DEFAULT 1, is_active boolean NOT NULL DEFAULT true,
  created_by uuid CONSTRAINT prompts_created_by_fkey REFERENCES users (id));
CREATE TABLE prompt_history (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), prompt_id uuid REFERENCES prompts (id),
  request_id uuid REFERENCES analysis_requests (id), prompt_content text,
  created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE schema_migrations (version varchar(20) PRIMARY KEY, applied_at timestamptz);
)sql";

constexpr const char* kVersionOneRows = R"sql(
INSERT INTO users (email, role) VALUES ('ann@example.org', 'admin'), ('bob@example.org', 'consultant'),
  ('cem@example.org', 'consultant');
INSERT INTO file_uploads (user_id, filename, original_filename, file_hash, file_size, mime_type)
  SELECT id, email || '.pdf', email || '.pdf', md5(email), 10, 'application/pdf' FROM users;
INSERT INTO analysis_requests (user_id, original_filename, status)
  SELECT user_id, original_filename, 'completed' FROM file_uploads;
INSERT INTO analysis_results (request_id, overall_score) SELECT id, 80 FROM analysis_requests;
INSERT INTO prompts (name, content, created_by) SELECT 'base', 'text', id FROM users LIMIT 1;
INSERT INTO prompt_history (prompt_id, request_id, prompt_content)
  SELECT (SELECT id FROM prompts), id, 'text' FROM analysis_requests;
)sql";

TEST_F(RehearseCommand, StopsAtTheFirstStatementOfARealPlanThatIsRefused) {
  if (shared_folder().empty()) GTEST_SKIP() << "needs ../shared/inputs";
  folder_.write("plan.md", read_whole(shared_folder() + "/inputs/migration-plan-v1.0-to-v1.1.md"));
  folder_.write("v1.sql", kVersionOne);
  const ProgramRun run = rehearse({"plan.md", "--before", "v1.sql", "--format", "json"});
  EXPECT_EQ(run.exit_code, 1) << run.errors;
  const Json report = Json::parse(run.output);
  EXPECT_EQ(gating(report), "step_failed 83\n") << report["faults"].dump(1);
  EXPECT_EQ(report["steps"].size(), 1u);
}

TEST_F(RehearseCommand, FindsByExecutionWhatTheRollbackOfARealPlanDoesWrong) {
  if (shared_folder().empty()) GTEST_SKIP() << "needs ../shared/inputs";
  folder_.write("plan.md", with_quoted_word(read_whole(shared_folder() +
                                                       "/inputs/migration-plan-v1.0-to-v1.1.md")));
  folder_.write("v1.sql", kVersionOne);
  folder_.write("rows.sql", kVersionOneRows);
  const ProgramRun run = rehearse({"plan.md", "--before", "v1.sql", "--rows", "rows.sql",
                                   "--no-generated-rows", "--format", "json"});
  EXPECT_EQ(run.exit_code, 1) << run.errors;
  const Json report = Json::parse(run.output);
  EXPECT_EQ(gating(report),
            // The rollback drops review_requests before what points at it: three tables stay.
            "object_left 1366 function update_candidates_updated_at\n"
            "object_left 1366 index idx_users_role_active\n"
            "object_left 1366 table candidates\n"
            "object_left 1366 table resumes\n"
            "object_left 1366 table review_requests\n"
            "object_lost 1366 column created_by\n"
            "object_lost 1366 constraint users_role_check\n"
            "step_failed_on_rows 144\n"
            "step_failed_on_rows 153\n"
            "way_back_failed 1370\n"
            "way_back_failed 1371\n"
            "way_back_failed 1372\n"
            "way_back_failed 1373\n"
            "way_back_failed 1380\n"
            "way_back_failed 1382\n"
            "way_back_failed 1384\n"
            "way_back_failed_on_rows 1388\n")
      << report["faults"].dump(1);
  for (const Json& fault : report["faults"]) {
    const int line = fault["location"].is_null() ? 0 : fault["location"].value("line", 0);
    // Tried after each phase: the tables are renamed in the last one alone.
    if (line == 1370) {
      EXPECT_EQ(fault["steps"], Json({"1", "2", "3", "4", "5"}));
    }
    if (line == 144) {
      EXPECT_NE(fault["row"].get<std::string>().find("consultant"), std::string::npos);
    }
    if (line == 1388) {
      EXPECT_NE(fault["row"].get<std::string>().find("junior_recruiter"), std::string::npos);
    }
  }
}

TEST_F(RehearseCommand, DecidesTheCriterionOfAnIsolatedRollback) {
  folder_.write("migrations/001_cache.up.sql",
                "CREATE TABLE p3_cache (id int PRIMARY KEY);\nCREATE TABLE p3_log (id int);\n");
  folder_.write("migrations/001_cache.down.sql", "DROP TABLE p3_log;\nDROP TABLE p3_cache;\n");
  folder_.write("schemaudit.toml",
                "[sources]\nmigrations = \"migrations\"\n[policy.isolation.cache]\n"
                "tables = \"p3_*\"\nforeign_keys = \"forbid\"\nrollback = \"drop-only\"\n");
  auto state = [&] {
    rehearse({"migrations", "--evidence", "rehearse.json"});
    const ProgramRun audit = run_program(
        {"audit", "--evidence", "rehearse.json", "--format", "json"}, {.folder = folder_.path()});
    const Json report = Json::parse(audit.output);
    for (const Json& criterion : report["criteria"])
      if (criterion["text"].get<std::string>().find("rollback") != std::string::npos)
        return criterion["state"].get<std::string>() + criterion["reason"].dump();
    return std::string("no criterion");
  };
  EXPECT_EQ(state().find("met\""), 0U) << state();
  folder_.write("migrations/001_cache.down.sql",
                "DROP TABLE p3_log;\nDROP TABLE p3_cache;\nCREATE TABLE gone (id int);\n");
  EXPECT_EQ(state().find("not_met"), 0U) << state();
}

TEST_F(RehearseCommand, ShowsNoPasswordOfTheRowsItIsGiven) {
  folder_.write("before.sql",
                "CREATE TABLE users (id int PRIMARY KEY, password text, settings jsonb);\n"
                "CREATE TABLE sessions (id int, api_token text);\n");
  folder_.write("rows.sql",
                "INSERT INTO users VALUES (1, 'hunter2', '{\"password\": \"hunter3\"}'),\n"
                "  (2, 'hunter2', NULL);\n"
                "INSERT INTO sessions VALUES (1, 'hunter4');\n");
  auto all_that_is_told = [&](const std::string& up, const std::string& down) {
    folder_.write("migrations/1_step.up.sql", up);
    folder_.write("migrations/1_step.down.sql", down);
    const ProgramRun run =
        rehearse({"migrations", "--before", "before.sql", "--rows", "rows.sql",
                  "--no-generated-rows", "--format", "text", "--format", "json=all.json"});
    const std::string told = run.output + run.errors + read_whole(folder_.path() + "/all.json");
    EXPECT_EQ(told.find("hunter"), std::string::npos) << told;
    return told;
  };
  auto expect_told = [&](const std::string& up, const std::string& down,
                         const std::string& expected) {
    const std::string told = all_that_is_told(up, down);
    EXPECT_NE(told.find(expected), std::string::npos) << told;
  };
  expect_told("ALTER TABLE users ADD CONSTRAINT one UNIQUE (password);",
              "ALTER TABLE users DROP CONSTRAINT one;", "Key (password)=(***)");
  expect_told("ALTER TABLE users ADD CONSTRAINT long CHECK (length(password) > 9);",
              "ALTER TABLE users DROP CONSTRAINT long;", "row: id = 1, password = ***");
  expect_told("UPDATE users SET id = NULL;", "SELECT 1;", "Failing row contains (***)");
  expect_told("UPDATE users SET password = 'gone' WHERE id = 1;", "SELECT 1;",
              "password was *** and is ***");
  expect_told("UPDATE users SET settings = '{}' WHERE id = 1;", "SELECT 1;",
              R"(settings was {"password":"***"} and is {})");
  expect_told("ALTER TABLE sessions ALTER api_token TYPE int USING api_token::int;", "SELECT 1;",
              "type integer: \"***\"");
  expect_told("DELETE FROM sessions;", "SELECT 1;",
              R"(such as the lost {"id": 1, "api_token": "***"})");
}

TEST_F(RehearseCommand, ProvesADropOnlyRollbackInAllOrders) {
  if (shared_folder().empty()) GTEST_SKIP() << "needs ../shared/inputs";
  folder_.write("phase3.md", read_whole(shared_folder() + "/inputs/ws1-phase3-schema.md"));
  folder_.write("schemaudit.toml",
                "[policy.isolation.phase3]\ntables = \"p3_*\"\nforeign_keys = \"forbid\"\n"
                "rollback = \"drop-only\"\n");
  folder_.write("before.sql", "CREATE TABLE resumes (id uuid PRIMARY KEY);");
  const ProgramRun run = rehearse({"phase3.md", "--before", "before.sql", "--format", "json"});
  EXPECT_EQ(run.exit_code, 0) << run.output;
  const Json report = Json::parse(run.output);
  EXPECT_EQ(report["drop_orders"], 24);
  EXPECT_GT(report["rows"]["generated"], 8);
}

}  // namespace
}  // namespace schemaudit
