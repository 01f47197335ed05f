// What a user meets when the input is bad: one line that says what happened, the exit code of
// the contract, never a pass and never a password.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

constexpr const char* kUsersDoc =
    "# users\n\n```sql\nCREATE TABLE users (id int PRIMARY KEY, email text NOT NULL);\n```\n";

class ExitCodes : public LiveTest {
 protected:
  static std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }
};

TEST_F(ExitCodes, PassesWhereDocsAndDatabaseAgree) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kUsersDoc);
  std::string db = fresh_database();
  test_server().run(db, "CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL)");
  ProgramRun run = run_program({"audit", "docs/", "--db", db}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  EXPECT_TRUE(run.output.starts_with("PASS")) << run.output;
  EXPECT_EQ(run.errors, "");
}

TEST_F(ExitCodes, FindingsFailAtTheirSeverity) {
  TemporaryFolder folder;
  folder.write("users.md", kUsersDoc);
  std::string db = fresh_database();
  test_server().run(db, "CREATE TABLE users (id int PRIMARY KEY, email text)");
  auto exit_code = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = {"audit", "users.md", "--db", db};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(arguments, {.folder = folder.path()}).exit_code;
  };
  EXPECT_EQ(exit_code({}), 1);
  EXPECT_EQ(exit_code({"--fail-on", "critical"}), 0);
  EXPECT_EQ(exit_code({"--fail-on", "never"}), 0);
  EXPECT_EQ(exit_code({"--rule", "column-nullability-mismatch=low"}), 0);
  EXPECT_EQ(exit_code({"--rule", "column-nullability-mismatch=off"}), 0);
  EXPECT_EQ(exit_code({"--ignore", "column-nullability-mismatch"}), 0);
  EXPECT_EQ(exit_code({"--select", "undocumented-table"}), 0);
  EXPECT_EQ(exit_code({"--select", "column-nullability-mismatch,undocumented-table"}), 1);
  EXPECT_EQ(exit_code({"--format", "json=report.json", "--format", "text=-"}), 1);
}

TEST_F(ExitCodes, UsageErrorsAreTwo) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kUsersDoc);
  folder.write("bad.toml", "[policy.isolaton.x]\ntables = \"p3_*\"\n");
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"audit", "no-such-folder/"},
           {"audit", "docs/*.txt"},
           {"audit", "no-such-folder/", "--docs", "docs/"},
           {"audit", "docs/", "--no-such-option"},
           {"audit", "docs/", "--select", "no-such-rule"},
           {"audit", "docs/", "--rule", "undocumented-table=grave"},
           {"audit", "docs/", "--format", "pdf"},
           {"audit", "docs/", "--format", "json", "--format", "text=-"},
           {"audit", "docs/", "--format", "json=a", "--format", "html=a"},
           {"audit", "docs/", "--config", "missing.toml"},
           {"audit", "docs/", "--config", "bad.toml"},
           {"audit", "docs/", "--db", "postgresql://user:hidden-word@host:notaport/db"},
           {"snapshot", "mysql:whatever"},
           {"explain", "undocumented-tables"},
           {"no-such-command"},
           {}}) {
    ProgramRun run = run_program(arguments, {.folder = folder.path()});
    std::string shown = arguments.empty() ? "nothing" : arguments.back();
    EXPECT_EQ(run.exit_code, 2) << shown << run.output << run.errors;
    EXPECT_EQ(run.output, "") << shown;
    EXPECT_LE(lines(run.errors), 2u) << run.errors;
    EXPECT_NE(run.errors, "") << shown;
    EXPECT_EQ(run.errors.find("hidden-word"), std::string::npos) << run.errors;
  }
  EXPECT_NE(run_program({"audit", "docs/", "--config", "bad.toml"}, {.folder = folder.path()})
                .errors.find("isolation"),
            std::string::npos)
      << "an unknown key names the nearest known one";
}

TEST_F(ExitCodes, WhatIsMisspeltBringsTheNearestName) {
  struct Case {
    std::vector<std::string> arguments;
    const char* nearest;
  };
  for (const Case& c :
       std::vector<Case>{{{"adit"}, "did you mean audit?"},
                         {{"snapshott", "db:"}, "did you mean snapshot?"},
                         {{"audit", "--fromat", "json"}, "did you mean --format?"},
                         {{"audit", "--fail-n=high"}, "did you mean --fail-on?"},
                         {{"explain", "undocumented-tables"}, "did you mean undocumented-table?"},
                         {{"--verson"}, "did you mean --version?"}}) {
    ProgramRun run = run_program(c.arguments);
    EXPECT_EQ(run.exit_code, 2) << c.nearest;
    EXPECT_NE(run.errors.find(c.nearest), std::string::npos) << run.errors;
  }
}

TEST_F(ExitCodes, SchemasThatAreNotThereAreTold) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kUsersDoc);
  folder.write("schemaudit.toml", "[scope]\nschemas = [\"public\", \"pubic\"]\n");
  std::string db = fresh_database();
  test_server().run(db, "CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL)");
  ProgramRun run = run_program({"audit", "docs/", "--db", db}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_NE(run.errors.find("pubic"), std::string::npos) << run.errors;
  EXPECT_EQ(lines(run.errors), 1u) << run.errors;
}

TEST_F(ExitCodes, WhatCannotBeSeenIsNeverAPass) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kUsersDoc);
  folder.write("prose/readme.md", "# Hello\n\nNothing of a schema here.\n");
  folder.write("binary/users.md", std::string("# users\n\n\xff\xfe\x80 not UTF-8\n"));
  std::string empty = fresh_database();
  std::string full = fresh_database();
  test_server().run(full, "CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL)");
  std::string socket = test_server().socket_folder();
  struct Case {
    std::string what;
    std::vector<std::string> arguments;
  };
  for (const Case& c : std::vector<Case>{
           {"a database that refuses",
            {"audit", "docs/", "--db", "postgresql://app:hidden-word@127.0.0.1:1/shop"}},
           {"a database that is not there",
            {"audit", "docs/", "--db",
             "host=" + socket + " dbname=nobody user=postgres password=hidden-word"}},
           {"an empty database", {"audit", "docs/", "--db", empty}},
           {"docs without schema", {"audit", "prose/", "--db", full}},
           {"a file that is not UTF-8", {"audit", "binary/"}},
           {"an environment variable that is not set",
            {"audit", "docs/", "--db", "env:NO_SUCH_DATABASE"}}}) {
    ProgramRun run = run_program(c.arguments, {.folder = folder.path()});
    EXPECT_NE(run.exit_code, 0) << c.what;
    EXPECT_TRUE(run.exit_code == 3 || run.exit_code == 1) << c.what << run.exit_code;
    EXPECT_EQ(run.output.find("PASS"), std::string::npos) << c.what << run.output;
    EXPECT_NE(run.output, "") << c.what << ": the report is written all the same";
    EXPECT_EQ((run.output + run.errors).find("hidden-word"), std::string::npos) << c.what;
    EXPECT_LE(lines(run.errors), 1u) << run.errors;
  }
}

TEST_F(ExitCodes, SelectedRuleThatCannotRunIsIncomplete) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kUsersDoc);
  ProgramRun run =
      run_program({"audit", "docs/", "--select", "undocumented-table"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 3) << run.output;
}

TEST_F(ExitCodes, ResultsAreWrittenWholeOrNotAtAll) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kUsersDoc);
  folder.write("out/keep.txt", "");
  ProgramRun run = run_program(
      {"audit", "docs/", "--format", "json=out/report.json", "--format", "html=out/report.html"},
      {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 0) << run.errors;
  EXPECT_EQ(run.output, "");
  EXPECT_FALSE(nlohmann::json::parse(read_whole(folder.path() + "/out/report.json")).empty());
  run = run_program({"audit", "docs/", "--format", "json=missing/report.json"},
                    {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_NE(run.errors.find("missing/report.json"), std::string::npos) << run.errors;
  run = run_program({"audit", "docs/", "--format", "json=/dev/full"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 3) << run.errors;
}

TEST_F(ExitCodes, FindingsWinOverAReportThatCannotBeWritten) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kUsersDoc);
  folder.write("s.sql", "CREATE TABLE users (id int PRIMARY KEY, email text);\n");
  const std::vector<std::string> audit = {"audit", "docs", "--sql", "s.sql"};
  const std::vector<std::string> diff = {"diff", "docs:docs", "sql:s.sql"};
  for (std::vector<std::string> arguments : {audit, diff}) {
    EXPECT_EQ(run_program(arguments, {.folder = folder.path()}).exit_code, 1) << arguments.front();
    arguments.insert(arguments.end(), {"--format", ""});
    for (const char* place : {"json=missing/report.json", "json=docs", "json=/dev/full"}) {
      arguments.back() = place;
      ProgramRun run = run_program(arguments, {.folder = folder.path()});
      EXPECT_EQ(run.exit_code, 1) << arguments.front() << " " << place << run.errors;
      EXPECT_NE(run.errors.find(std::string(place).substr(5)), std::string::npos) << run.errors;
    }
  }
}

TEST_F(ExitCodes, ScopeThatLeavesNothingOfWhatIsBuiltIsIncomplete) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kUsersDoc);
  folder.write("s.sql", "CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL);\n");
  std::string db = fresh_database();
  test_server().run(db, "CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL)");
  const std::vector<std::vector<std::string>> audits = {{"audit", "docs", "--sql", "s.sql"},
                                                        {"audit", "docs", "--db", db},
                                                        {"audit", "--sql", "s.sql", "--db", db},
                                                        {"audit", "--sql", "s.sql"}};
  for (const char* scope : {"ignore = [\"*\"]", "schemas = [\"other\"]"}) {
    folder.write("schemaudit.toml", std::string("[scope]\n") + scope + "\n");
    for (const std::vector<std::string>& arguments : audits) {
      // What is documented outside of the schemas that are asked for is a finding, which wins.
      ProgramRun run = run_program(arguments, {.folder = folder.path()});
      const bool finds = scope[0] == 's' && arguments[1] == "docs";
      EXPECT_EQ(run.exit_code, finds ? 1 : 3) << scope << arguments.back() << run.errors;
      EXPECT_NE(run.output.find("incomplete evidence: no table"), std::string::npos) << run.output;
    }
  }
  folder.write("schemaudit.toml", "[scope]\nignore = [\"*_backup\"]\n");
  EXPECT_EQ(run_program({"audit", "docs", "--sql", "s.sql"}, {.folder = folder.path()}).exit_code,
            0);
}

TEST_F(ExitCodes, SqlAmongTheDocumentsIsRefused) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kUsersDoc);
  folder.write("s.sql", "CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL);\n");
  folder.write("other.sql", "CREATE TABLE teams (id int PRIMARY KEY);\n");
  folder.write("folder.sql/users.md", kUsersDoc);
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"audit", "--sql", "s.sql", "other.sql"},
                                             {"audit", "docs", "other.sql"},
                                             {"audit", "./o*.sql"},
                                             {"baseline", "--sql", "s.sql", "other.sql"}}) {
    ProgramRun run = run_program(arguments, {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 2) << arguments.back() << run.output;
    EXPECT_NE(run.errors.find("--sql " + arguments.back()), std::string::npos) << run.errors;
    EXPECT_LE(lines(run.errors), 2u) << run.errors;
  }
  EXPECT_EQ(run_program({"verify", "other.sql", "--db", ""}, {.folder = folder.path()}).exit_code,
            2);
  EXPECT_EQ(run_program({"audit", "folder.sql"}, {.folder = folder.path()}).exit_code, 0);
  EXPECT_EQ(
      run_program({"audit", "--sql", "s.sql", "--sql", "other.sql"}, {.folder = folder.path()})
          .exit_code,
      0);
}

TEST_F(ExitCodes, WithNothingGivenItTakesWhatIsThereAndSaysSo) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kUsersDoc);
  std::string db = fresh_database();
  test_server().run(db, "CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL)");
  ProgramRun run =
      run_program({"audit"}, {.folder = folder.path(), .environment = {{"DATABASE_URL", db}}});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  EXPECT_NE(run.errors.find("DATABASE_URL"), std::string::npos) << run.errors;
  EXPECT_NE(run.errors.find("docs"), std::string::npos) << run.errors;
}

}  // namespace
}  // namespace schemaudit
