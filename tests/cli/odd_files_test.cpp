// Names below a folder that would be read and cannot be: links that lead nowhere or to folders,
// circles, pipes. What stands behind them was not seen, so that no audit may pass.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>

#include "tests/support/program.h"

namespace schemaudit {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUsers = "CREATE TABLE users (id int PRIMARY KEY);\n";
constexpr const char* kTeams = "CREATE TABLE teams (id int PRIMARY KEY);\n";

std::string fenced(const std::string& sql) {
  return "```sql\n" + sql + "```\n";
}

class OddFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    folder.write("docs/users.md", fenced(kUsers));
    folder.write("sql/1_users.sql", kUsers);
    folder.write("mig/1_users.up.sql", kUsers);
    folder.write("ext/teams.md", fenced(kTeams));
    folder.write("ext/teams.sql", kTeams);
    folder.write("pictures/logo.svg", "<svg/>");
  }

  std::string path(const std::string& name) const { return folder.path() + "/" + name; }
  void link(const std::string& name, const std::string& target) const {
    fs::create_symlink(target, path(name));
  }
  void pipe(const std::string& name) const { ASSERT_EQ(::mkfifo(path(name).c_str(), 0600), 0); }

  ProgramRun run(const std::vector<std::string>& arguments) const {
    const auto started = std::chrono::steady_clock::now();
    ProgramRun run = run_program(arguments, {.folder = folder.path()});
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(8));
    return run;
  }

  void expect_incomplete(const std::vector<std::string>& arguments, const std::string& name) const {
    const ProgramRun seen = run(arguments);
    std::string shown;
    for (const std::string& argument : arguments) shown += argument + " ";
    EXPECT_EQ(seen.exit_code, 3) << shown << seen.output << seen.errors;
    EXPECT_NE((seen.output + seen.errors).find(name), std::string::npos)
        << shown << seen.output << seen.errors;
  }

  void expect_pass(const std::vector<std::string>& arguments) const {
    const ProgramRun seen = run(arguments);
    std::string shown;
    for (const std::string& argument : arguments) shown += argument + " ";
    EXPECT_EQ(seen.exit_code, 0) << shown << seen.output << seen.errors;
  }

  TemporaryFolder folder;
};

TEST_F(OddFiles, DocumentThatCannotBeReadIsNamed) {
  expect_pass({"audit", "docs"});
  link("docs/dangling.md", "gone.md");
  expect_incomplete({"audit", "docs"}, "docs/dangling.md");
  expect_incomplete({"audit", "docs/**/*.md"}, "docs/dangling.md");
  expect_incomplete({"snapshot", "docs:docs"}, "docs/dangling.md");
  expect_pass({"audit", "docs/u*.md"});
  fs::remove(path("docs/dangling.md"));
  link("docs/self.md", "self.md");
  expect_incomplete({"audit", "docs"}, "docs/self.md");
  fs::remove(path("docs/self.md"));
  pipe("docs/p.md");
  expect_incomplete({"audit", "docs"}, "docs/p.md");
  expect_incomplete({"audit", "docs/*.md"}, "docs/p.md");
}

TEST_F(OddFiles, FolderOfNothingElseIsIncompleteToo) {
  fs::create_directory(path("only"));
  link("only/a.md", "gone.md");
  link("only/a.sql", "gone.sql");
  expect_incomplete({"audit", "only"}, "only/a.md");
  expect_incomplete({"audit", "--sql", "only"}, "only/a.sql");
  expect_incomplete({"audit", "--migrations", "only"}, "only/a.sql");
}

TEST_F(OddFiles, NamesThatNobodyWouldReadCostNothing) {
  link("docs/gone", "nowhere");
  link("docs/gone.png", "nowhere.png");
  link("docs/.#users.md", "somebody@here.4711");
  link("docs/pictures", "../pictures");
  pipe("docs/pipe");
  link("mig/README.md", "gone.md");
  expect_pass({"audit", "docs"});
  expect_pass({"audit", "docs/**/*.md"});
  expect_pass({"audit", "--migrations", "mig"});
}

TEST_F(OddFiles, DocumentsBehindALinkToAFolderAreMissed) {
  link("docs/ext", "../ext");
  expect_incomplete({"audit", "docs"}, "docs/ext");
  expect_incomplete({"audit", "docs/**/*.md"}, "docs/ext");
  expect_pass({"audit", "docs/*.md"});
  // Named by itself, or read where it stands, it is not missed.
  expect_pass({"audit", "docs", "docs/ext"});
  expect_pass({"audit", "docs", "ext"});
}

TEST_F(OddFiles, LinksWithinTheFolderHideNothing) {
  folder.write("docs/deep/orders.md", fenced("CREATE TABLE orders (id int PRIMARY KEY);\n"));
  link("docs/again", "deep");
  link("docs/deep/circle", "..");
  link("docs/self", ".");
  expect_pass({"audit", "docs"});
  link("docs/up", "..");
  expect_incomplete({"audit", "docs"}, "docs/up");
}

TEST_F(OddFiles, LinkedDocumentIsReadAlsoByAGlob) {
  link("docs/teams.md", "../ext/teams.md");
  for (const char* docs : {"docs", "docs/*.md", "docs/**/*.md"}) {
    const ProgramRun seen = run({"audit", docs, "--format", "json"});
    EXPECT_EQ(seen.exit_code, 0) << docs;
    EXPECT_NE(seen.output.find("docs/teams.md"), std::string::npos) << docs;
  }
}

TEST_F(OddFiles, SqlThatCannotBeReadIsNamed) {
  link("sql/a.sql", "gone.sql");
  expect_incomplete({"audit", "--sql", "sql"}, "sql/a.sql");
  expect_incomplete({"diff", "sql:sql", "sql:sql/1_users.sql"}, "sql/a.sql");
  fs::remove(path("sql/a.sql"));
  pipe("sql/p.sql");
  expect_incomplete({"audit", "--sql", "sql"}, "sql/p.sql");
  fs::remove(path("sql/p.sql"));
  link("sql/ext", "../ext");
  expect_incomplete({"audit", "--sql", "sql"}, "sql/ext");
  expect_pass({"audit", "--sql", "sql", "--sql", "ext"});
}

TEST_F(OddFiles, MigrationInCapitalsIsNotPassedOver) {
  folder.write("mig/2_teams.up.SQL", kTeams);
  expect_incomplete({"audit", "--migrations", "mig"}, "mig/2_teams.up.SQL");
  folder.write("capitals/001_users.SQL", kUsers);
  expect_incomplete({"audit", "--migrations", "capitals"}, "capitals/001_users.SQL");
  expect_incomplete({"snapshot", "migrations:capitals"}, "capitals/001_users.SQL");
  expect_pass({"audit", "--sql", "capitals"});
}

TEST_F(OddFiles, ModelsAndRevisionsThatCannotBeReadAreNamed) {
  folder.write("models/user.py",
               "from sqlalchemy import Column, Integer\n"
               "from sqlalchemy.orm import declarative_base\n"
               "Base = declarative_base()\n"
               "class User(Base):\n"
               "    __tablename__ = 'users'\n"
               "    id = Column(Integer, primary_key=True)\n");
  folder.write("alembic/versions/1_users.py",
               "from alembic import op\n"
               "revision = '1'\n"
               "down_revision = None\n"
               "def upgrade():\n"
               "    op.execute('CREATE TABLE users (id int PRIMARY KEY)')\n"
               "def downgrade():\n"
               "    op.execute('DROP TABLE users')\n");
  expect_pass({"audit", "--models", "models"});
  expect_pass({"audit", "--migrations", "alembic"});
  pipe("models/team.py");
  pipe("alembic/versions/2_teams.py");
  expect_incomplete({"audit", "--models", "models"}, "models/team.py");
  expect_incomplete({"audit", "--migrations", "alembic"}, "alembic/versions/2_teams.py");
}

TEST_F(OddFiles, MigrationThatCannotBeReadIsNamed) {
  link("mig/2_b.up.sql", "gone.sql");
  expect_incomplete({"audit", "--migrations", "mig"}, "mig/2_b.up.sql");
  fs::remove(path("mig/2_b.up.sql"));
  pipe("mig/2_b.up.sql");
  expect_incomplete({"audit", "--migrations", "mig"}, "mig/2_b.up.sql");
  fs::remove(path("mig/2_b.up.sql"));
  link("mig/2_b.up.sql", "../ext/teams.sql");
  const ProgramRun seen = run({"snapshot", "migrations:mig"});
  EXPECT_EQ(seen.exit_code, 0) << seen.errors;
  EXPECT_NE(seen.output.find("teams"), std::string::npos) << "a linked migration is one";
}

}  // namespace
}  // namespace schemaudit
