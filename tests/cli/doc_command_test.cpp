// `schemaudit doc`: options, exit codes, and files that it may not spoil.

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace schemaudit {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kUsers = "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);\n";

class DocCommandTest : public testing::Test {
 protected:
  ProgramRun doc(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "doc");
    return run_program(arguments, {.folder = folder_.path()});
  }
  std::string document(const std::string& name) const {
    return read_whole(folder_.path() + "/" + name);
  }
  bool exists(const std::string& name) const { return fs::exists(folder_.path() + "/" + name); }

  TemporaryFolder folder_;
};

TEST_F(DocCommandTest, WritesAFileATableWhereThereAreNoDocs) {
  folder_.write("schema.sql", kUsers);
  ProgramRun run = doc({"sql:schema.sql"});
  EXPECT_EQ(run.exit_code, 0) << run.errors;
  EXPECT_EQ(run.output, "docs/schema/users.md: written\n");
  EXPECT_EQ(document("docs/schema/users.md"),
            "# users\n\n"
            "| Column | Type | Null | Default | Constraints | Description |\n"
            "|---|---|---|---|---|---|\n"
            "| id | bigint | no | none | PK | |\n"
            "| email | text | no | none | | |\n");
  EXPECT_EQ(doc({"sql:schema.sql"}).output, "The docs say what is built.\n");
}

TEST_F(DocCommandTest, ChecksWithoutWriting) {
  folder_.write("schema.sql", kUsers);
  ProgramRun run = doc({"sql:schema.sql", "--check"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_EQ(run.output, "docs/schema/users.md: would be written\n");
  EXPECT_FALSE(exists("docs"));
  doc({"sql:schema.sql"});
  EXPECT_EQ(doc({"sql:schema.sql", "--check"}).exit_code, 0);
}

TEST_F(DocCommandTest, PrintsAPatchWithoutWriting) {
  folder_.write("schema.sql", kUsers);
  folder_.write("docs/users.md",
                "# users\n\n| Column | Type |\n|---|---|\n| id | int |\n| email | text |\n");
  ProgramRun run = doc({"sql:schema.sql", "--diff"});
  EXPECT_EQ(run.exit_code, 0) << run.errors;
  EXPECT_EQ(run.output,
            "--- a/docs/users.md\n+++ b/docs/users.md\n@@ -2,5 +2,5 @@\n \n | Column | Type |\n"
            " |---|---|\n-| id | int |\n+| id | bigint |\n | email | text |\n");
  EXPECT_NE(document("docs/users.md").find("| id | int |"), std::string::npos);
}

TEST_F(DocCommandTest, KeepsEveryByteThatSaysNothingNew) {
  folder_.write("schema.sql", kUsers);
  folder_.write("docs/users.md",
                "\xEF\xBB\xBF# users\r\n\r\nWho may log in.  \r\n\r\n|Column|Type|\r\n|-|-|\r\n"
                "|id|int|  \r\n\r\n\tThe end\xE2\x80\xA6");
  EXPECT_EQ(doc({"sql:schema.sql"}).exit_code, 0);
  EXPECT_EQ(document("docs/users.md"),
            "\xEF\xBB\xBF# users\r\n\r\nWho may log in.  \r\n\r\n|Column|Type|\r\n|-|-|\r\n"
            "|id|bigint|  \r\n|email|text|\r\n\r\n\tThe end\xE2\x80\xA6");
}

TEST_F(DocCommandTest, WritesNoPasswordAndLeavesItsDefaultToAPerson) {
  folder_.write("schema.sql",
                "CREATE TABLE t (id int PRIMARY KEY,\n"
                "  dsn text DEFAULT 'postgresql://svc:hunter2@db/x', a text DEFAULT 'b');\n"
                "COMMENT ON COLUMN t.a IS 'as in postgresql://svc:hunter2@db/x';\n");
  for (const char* format : {"text", "json"}) {
    ProgramRun run = doc({"sql:schema.sql", "--out", "o.md", "--diff", "--format", format});
    EXPECT_EQ(run.exit_code, 1);
    EXPECT_EQ((run.output + run.errors).find("hunter2"), std::string::npos)
        << run.output << run.errors;
  }
  for (const char* style : {"table", "bullets", "sql"}) {
    const std::string file = std::string(style) + ".md";
    ProgramRun run = doc({"sql:schema.sql", "--out", file, "--style", style});
    EXPECT_EQ(run.exit_code, 1);
    EXPECT_NE(run.output.find("The default of public.t.dsn was not written: it holds a password"),
              std::string::npos)
        << run.output;
    EXPECT_EQ(document(file).find("hunter2"), std::string::npos) << document(file);
    EXPECT_EQ(document(file).find("***"), std::string::npos) << document(file);
    EXPECT_NE(document(file).find("dsn"), std::string::npos) << document(file);
    // What the document says of it is left as it is.
    const std::string written = document(file);
    EXPECT_EQ(doc({"sql:schema.sql", "--docs", file}).exit_code, 1);
    EXPECT_EQ(document(file), written);
  }
  EXPECT_NE(document("table.md").find("| dsn | text | yes | | | |"), std::string::npos)
      << document("table.md");
}

TEST_F(DocCommandTest, LeavesADocumentAloneThatWouldShowThePasswordOfACheck) {
  folder_.write("schema.sql",
                "CREATE TABLE t (id int PRIMARY KEY, dsn text CHECK (dsn <> "
                "'postgresql://svc:hunter2@db/x'));\n");
  ProgramRun run = doc({"sql:schema.sql", "--out", "o.md"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_EQ((run.output + run.errors).find("hunter2"), std::string::npos) << run.output;
  EXPECT_NE(run.output.find("o.md:1:1: The document was left as it is"), std::string::npos)
      << run.output;
  EXPECT_FALSE(exists("o.md"));
}

TEST_F(DocCommandTest, WritesSectionsIntoOneFile) {
  folder_.write("schema.sql", std::string(kUsers) + "CREATE TABLE teams (id int);\n");
  EXPECT_EQ(doc({"sql:schema.sql", "--out", "docs/tables.md", "--style", "bullets"}).exit_code, 0);
  EXPECT_EQ(document("docs/tables.md"),
            "# Tables\n\n## teams\n\n- `id`: integer, nullable\n\n## users\n\n"
            "- `id`: bigint, primary key\n- `email`: text, NOT NULL\n");
  folder_.write("schema.sql", std::string(kUsers) + "CREATE TABLE teams (id int NOT NULL);\n");
  EXPECT_EQ(doc({"sql:schema.sql", "--out", "docs/tables.md"}).exit_code, 0);
  EXPECT_NE(document("docs/tables.md").find("- `id`: integer, NOT NULL\n"), std::string::npos);
}

TEST_F(DocCommandTest, DoesNotWriteOverAFileThatIsNoDocument) {
  folder_.write("schema.sql", kUsers);
  folder_.write("schemaudit.toml",
                "[sources]\nsql = \"schema.sql\"\n"
                "docs = [\"docs/*.md\", { path = \"docs/users.md\", state = \"retired\" }]\n");
  folder_.write("docs/users.md", "# users\n\nWhat users were.\n");
  ProgramRun run = doc({});
  EXPECT_EQ(document("docs/users.md"), "# users\n\nWhat users were.\n") << run.output;
  EXPECT_EQ(run.output, "docs/public.users.md: written\n");
}

TEST_F(DocCommandTest, TellsAsJsonWhatItDid) {
  folder_.write("schema.sql", kUsers);
  Json json = Json::parse(doc({"sql:schema.sql", "--check", "--format", "json"}).output);
  EXPECT_EQ(json["action"], "check");
  EXPECT_EQ(json["style"]["form"], "table");
  ASSERT_EQ(json["documents"].size(), 1u);
  EXPECT_EQ(json["documents"][0]["uri"], "docs/schema/users.md");
  EXPECT_EQ(json["documents"][0]["change"], "written");
  EXPECT_NE(json["documents"][0]["diff"].get<std::string>().find("+# users"), std::string::npos);
  EXPECT_EQ(json["left"], Json::array());
}

TEST_F(DocCommandTest, RefusesWhatItCannotWorkFrom) {
  EXPECT_EQ(doc({}).exit_code, 2);
  EXPECT_EQ(doc({"sql:nowhere.sql"}).exit_code, 2);
  EXPECT_EQ(doc({"docs:docs"}).exit_code, 2);
  folder_.write("schema.sql", kUsers);
  EXPECT_EQ(doc({"sql:schema.sql", "--docs", "nowhere"}).exit_code, 2);
  EXPECT_EQ(doc({"sql:schema.sql", "--style", "html"}).exit_code, 2);
  folder_.write("empty.sql", "SELECT 1;\n");
  EXPECT_EQ(doc({"sql:empty.sql"}).exit_code, 3);
}

TEST_F(DocCommandTest, ItsEditsAreTheFixesOfAnAudit) {
  folder_.write("schema.sql", std::string(kUsers) + "CREATE TABLE teams (id int);\n");
  folder_.write("docs/users.md",
                "# users\n\n| Column | Type | Null |\n|---|---|---|\n| id | int | no |\n");
  ProgramRun run = run_program({"audit", "docs", "--sql", "schema.sql", "--format", "json"},
                               {.folder = folder_.path()});
  Json report = Json::parse(run.output);
  std::map<std::string, std::string> fixes;
  for (const Json& finding : report["findings"])
    if (finding["fix"].is_object() && finding["fix"]["kind"] == "markdown")
      fixes[finding["rule"]] = finding["fix"]["text"];
  EXPECT_EQ(
      fixes["column-type-mismatch"],
      "--- a/docs/users.md\n+++ b/docs/users.md\n@@ -2,4 +2,4 @@\n \n"
      " | Column | Type | Null |\n |---|---|---|\n-| id | int | no |\n+| id | bigint | no |\n");
  EXPECT_NE(fixes["undocumented-column"].find("+| email | text | no |\n"), std::string::npos);
  EXPECT_NE(fixes["undocumented-table"].find("--- /dev/null\n+++ b/docs/teams.md\n"),
            std::string::npos);
}

}  // namespace
}  // namespace schemaudit
