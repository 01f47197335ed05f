// A folder of migrations as a source: recognised, run in its tool's order, compared.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "tests/support/json_schema_validator.h"
#include "tests/support/program.h"

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;

Json audit(const TemporaryFolder& folder, const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {"audit", "--migrations", "migrations", "--format",
                                        "json",  "--fail-on",    "never"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  ProgramRun run = run_program(arguments, {.folder = folder.path()});
  EXPECT_FALSE(run.output.empty()) << run.errors;
  EXPECT_EQ(schema_violations(run_program({"json-schema", "report"}).output, run.output),
            std::vector<std::string>());
  return Json::parse(run.output, nullptr, false);
}

std::string findings_of(const Json& report) {
  std::string text;
  for (const Json& finding : report["findings"]) {
    const Json& at = finding["locations"][0];
    text += finding["rule"].get<std::string>() + " " + at["uri"].get<std::string>() + ":" +
            std::to_string(at.value("line", 0)) + "\n";
  }
  return text;
}

TEST(Migrations, AGooseFolderIsReplayedByItsWaysUp) {
  TemporaryFolder folder;
  folder.write("migrations/00001_users.sql",
               "-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY);\n"
               "-- +goose Down\nDROP TABLE users;\n");
  folder.write("migrations/00002_kind.sql",
               "-- +goose Up\nALTER TABLE users ADD COLUMN kind text NOT NULL DEFAULT 'a';\n"
               "-- +goose Down\nALTER TABLE users DROP COLUMN kind;\n");
  const Json report = audit(folder);
  EXPECT_EQ(report["verdict"], "pass") << report["incomplete_because"];
  EXPECT_EQ(report["sources"][0]["kind"], "migrations");
  EXPECT_EQ(report["sources"][0]["objects"]["columns"], 2);
  EXPECT_EQ(report["chain"]["tool"], "goose");
  EXPECT_EQ(report["chain"]["heads"], Json::array({"00002"}));
  EXPECT_EQ(report["chain"]["steps"][1]["down"]["line"], 4);
  EXPECT_EQ(findings_of(report), "");
}

// Whatever the tool: what stands around such bytes is replayed, and never taken for the whole.
TEST(Migrations, AFileThatIsNotUtf8IsNeverAPass) {
  struct Layout {
    const char* file;
    const char* head;
  };
  for (const Layout& layout : {Layout{"1_users.sql", ""},
                               {"1_users.up.sql", ""},
                               {"V1__users.sql", ""},
                               {"1_users/migration.sql", ""},
                               {"1_users.sql", "-- migrate:up\n"},
                               {"1_users.sql", "-- +goose Up\n"},
                               {"plan.md", "# Plan\n## One\n```sql\n"}}) {
    TemporaryFolder folder;
    const std::string file = std::string("migrations/") + layout.file;
    const std::string text = std::string(layout.head) + "-- caf\xE9\nCREATE TABLE t (id int);\n";
    folder.write(file, text + (file.ends_with(".md") ? "```\n" : ""));
    const auto line = 1 + std::count(layout.head, layout.head + std::strlen(layout.head), '\n');
    const std::string told =
        file + ":" + std::to_string(line) + ": the file is not UTF-8: save it as UTF-8";
    const ProgramRun run = run_program({"audit", "--migrations", "migrations", "--gate", "release"},
                                       {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 3) << file << run.output;
    EXPECT_NE(run.output.find(told), std::string::npos) << run.output;
    EXPECT_NE(run.output.find("migrations: migrations  1 table"), std::string::npos) << run.output;
  }
  // A byte order mark is passed over, and text in an encoding that the file declares is decoded.
  TemporaryFolder readable;
  readable.write("migrations/1_users.sql",
                 "\xEF\xBB\xBF"
                 "BEGIN;\nCREATE TABLE t (id int);\nCOMMIT;\n");
  readable.write("migrations/2_comment.sql",
                 "SET client_encoding = 'LATIN1';\nCOMMENT ON TABLE t IS 'caf\xE9';\n");
  const ProgramRun decoded =
      run_program({"snapshot", "migrations:migrations"}, {.folder = readable.path()});
  EXPECT_EQ(decoded.exit_code, 0) << decoded.errors;
  EXPECT_NE(decoded.output.find("caf\xC3\xA9"), std::string::npos) << decoded.output;
  // A word about the encoding is no declaration of it.
  TemporaryFolder told;
  told.write("migrations/1_users.sql",
             "-- client_encoding was LATIN1 once\nCREATE TABLE t (id int); -- caf\xE9\n");
  EXPECT_EQ(run_program({"audit", "--migrations", "migrations"}, {.folder = told.path()}).exit_code,
            3);
  // What no tool reads is not missed, and what holds no text at all is told as --sql tells it.
  TemporaryFolder folder;
  folder.write("migrations/1_users.sql", "CREATE TABLE t (id int);\n");
  folder.write("migrations/notes.md", "caf\xE9\n");
  EXPECT_EQ(
      run_program({"audit", "--migrations", "migrations"}, {.folder = folder.path()}).exit_code, 0);
  folder.write("migrations/2_wide.sql", std::string("\xFF\xFE"
                                                    "C\0R\0",
                                                    6));
  const ProgramRun run =
      run_program({"audit", "--migrations", "migrations"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 3) << run.output;
  EXPECT_NE(run.output.find("migrations/2_wide.sql: the file is UTF-16"), std::string::npos)
      << run.output;
}

// As a server does it: tests/live/rehearsal_test.cpp holds the replay against one.
TEST(Migrations, AStepIsOneTransactionWhateverItSaysItself) {
  struct Case {
    const char* step;
    int tables;
    const char* told;
  };
  for (const Case& each : {
           Case{"BEGIN;\nCREATE TABLE b (id int PRIMARY KEY);\nCOMMIT;\n", 2, ""},
           {"BEGIN;\nCREATE TABLE b (id int PRIMARY KEY);\n", 2,
            "migrations/2_b.sql:1:1: this BEGIN is never ended"},
           {"CREATE TABLE b (id int PRIMARY KEY);\nROLLBACK;\n", 1,
            "migrations/2_b.sql:2:1: this ROLLBACK also undoes what stands before it"},
           {"CREATE TABLE b (id int PRIMARY KEY);\nBEGIN;\nCREATE TABLE c (id int PRIMARY KEY);\n"
            "ROLLBACK;\n",
            1, "migrations/2_b.sql:4:1: this ROLLBACK also undoes what stands before it"},
           {"BEGIN;\nCREATE TABLE c (id int PRIMARY KEY);\nROLLBACK;\n"
            "CREATE TABLE b (id int PRIMARY KEY);\n",
            2, ""},
           {"SAVEPOINT s;\nCREATE TABLE c (id int PRIMARY KEY);\nROLLBACK TO s;\n"
            "CREATE TABLE b (id int PRIMARY KEY);\n",
            2, ""},
           {"COMMIT;\nCREATE TABLE b (id int PRIMARY KEY);\n", 2, ""},
       }) {
    TemporaryFolder folder;
    folder.write("migrations/1_a.sql", "CREATE TABLE a (id int PRIMARY KEY);\n");
    folder.write("migrations/2_b.sql", each.step);
    const Json report = audit(folder);
    EXPECT_EQ(report["sources"][0]["objects"]["tables"], each.tables) << each.step;
    EXPECT_EQ(report["verdict"], *each.told ? "incomplete" : "pass") << each.step;
    EXPECT_NE(report["incomplete_because"].dump().find(each.told), std::string::npos)
        << report["incomplete_because"];
  }
  TemporaryFolder folder;
  folder.write("migrations/00001_a.sql",
               "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE TABLE a (id int PRIMARY KEY);\n"
               "BEGIN;\nCREATE TABLE b (id int PRIMARY KEY);\n-- +goose Down\nSELECT 1;\n");
  const Json report = audit(folder);
  EXPECT_EQ(report["sources"][0]["objects"]["tables"], 1);
  EXPECT_NE(report["incomplete_because"].dump().find("00001_a.sql:4:1: the transaction that begins "
                                                     "here is never committed"),
            std::string::npos)
      << report["incomplete_because"];
}

TEST(Migrations, AnAlembicChainIsReadWithoutRunningIt) {
  TemporaryFolder folder;
  folder.write("migrations/env.py", "raise SystemExit('nobody runs this')\n");
  folder.write("migrations/versions/a.py",
               "\"\"\"first\"\"\"\nfrom alembic import op\nimport sqlalchemy as sa\n"
               "import nothing_of_the_kind\n"
               "revision = 'a'\ndown_revision = None\n\ndef upgrade():\n"
               "    op.create_table('users', sa.Column('id', sa.Integer(), primary_key=True),\n"
               "                    sa.Column('email', sa.String(80), nullable=False))\n\n"
               "def downgrade():\n    op.drop_table('users')\n");
  folder.write("migrations/versions/b.py",
               "\"\"\"a stub\"\"\"\nrevision = 'b'\ndown_revision = 'a'\n\n"
               "def upgrade():\n    pass\n\ndef downgrade():\n    pass\n");
  folder.write("migrations/versions/c.py",
               "from alembic import op\nrevision = 'c'\ndown_revision = 'a'\n\n"
               "def upgrade():\n    op.execute('CREATE INDEX ON users (email)')\n"
               "    op.add_column('users', make_column())\n");
  const Json report = audit(folder);
  EXPECT_EQ(report["chain"]["tool"], "alembic");
  EXPECT_EQ(report["sources"][0]["objects"]["columns"], 2);
  EXPECT_EQ(report["chain"]["heads"], Json::array({"b", "c"}));
  EXPECT_EQ(report["verdict"], "incomplete");
  EXPECT_EQ(findings_of(report),
            "several-migration-heads migrations/versions/c.py:2\n"
            "missing-way-back migrations/versions/c.py:5\n"
            "empty-migration migrations/versions/b.py:5\n");
  ASSERT_EQ(report["sources"][0]["unanalysed"].size(), 1u);
  EXPECT_EQ(report["sources"][0]["unanalysed"][0]["line"], 7);
}

TEST(Migrations, ABrokenChainIsNamedAtItsFile) {
  TemporaryFolder folder;
  const auto revision = [](const std::string& id, const std::string& parent) {
    return "from alembic import op\nrevision = '" + id + "'\ndown_revision = '" + parent +
           "'\n\ndef upgrade():\n    op.execute('CREATE TABLE t_" + id +
           " (id bigint PRIMARY KEY)')\n";
  };
  folder.write("migrations/versions/a.py", revision("a", "gone"));
  folder.write("migrations/versions/b.py", revision("b", "c"));
  folder.write("migrations/versions/c.py", revision("c", "b"));
  const Json report = audit(folder);
  EXPECT_EQ(findings_of(report),
            "missing-migration-parent migrations/versions/a.py:2\n"
            "migration-cycle migrations/versions/b.py:2\n");
}

TEST(Migrations, WhatIsNotReadKeepsThemFromPassing) {
  TemporaryFolder go;
  go.write("migrations/00001_users.sql",
           "-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY);");
  go.write("migrations/00002_fill.go", "package migrations\n");
  EXPECT_EQ(audit(go)["verdict"], "incomplete");
  TemporaryFolder broken;
  broken.write("migrations/versions/a.py",
               "from alembic import op\nrevision = 'a'\ndown_revision = None\n\ndef upgrade():\n"
               "    op.execute('CREATE TABLE users (id bigint PRIMARY KEY)')\n");
  broken.write("migrations/versions/b.py", "revision = 'b'\ndown_revision = 'a'\ndef upgrade(:\n");
  EXPECT_EQ(audit(broken)["verdict"], "incomplete");
  TemporaryFolder refused;
  refused.write("migrations/1_a.sql", "CREATE TABLE users (id bigint PRIMARY KEY);");
  refused.write("migrations/2_b.sql", "ALTER TABLE nobody ADD COLUMN a int;");
  EXPECT_EQ(audit(refused)["verdict"], "incomplete");
}

TEST(Migrations, TheScopeLeavesTheirTablesOut) {
  TemporaryFolder folder;
  folder.write("migrations/1_a.sql",
               "CREATE SCHEMA billing;\nCREATE TABLE billing.invoices (id bigint PRIMARY KEY);\n"
               "CREATE TABLE public.old_backup_1 (a int);\nCREATE TABLE public.users (a int);");
  folder.write("schemaudit.toml", "[scope]\nschemas = [\"billing\"]\n");
  const Json report = audit(folder);
  EXPECT_EQ(report["sources"][0]["objects"]["tables"], 1);
  EXPECT_EQ(findings_of(report), "");
  EXPECT_EQ(report["sources"][0]["left_out"].size(), 1u);
}

TEST(Migrations, DiffTakesThemAsASource) {
  TemporaryFolder folder;
  folder.write("migrations/1_users.up.sql", "CREATE TABLE users (id bigint PRIMARY KEY);");
  folder.write("migrations/1_users.down.sql", "DROP TABLE users;");
  folder.write("schema.sql", "CREATE TABLE users (id bigint PRIMARY KEY);");
  ProgramRun run =
      run_program({"diff", "migrations:migrations", "sql:schema.sql"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
}

TEST(Migrations, AFolderOfAnotherToolIsRefusedByName) {
  TemporaryFolder folder;
  folder.write("migrations/sqitch.plan", "%project=shop\n");
  ProgramRun run = run_program({"audit", "--migrations", "migrations"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_NE(run.errors.find("sqitch"), std::string::npos) << run.errors;
}

}  // namespace
}  // namespace schemaudit
