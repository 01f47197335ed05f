// Where reports go: streams are written to as they are, and no input is written over.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace schemaudit {
namespace {

using Json = nlohmann::json;

constexpr const char* kDoc =
    "# users\n\n```sql\nCREATE TABLE users (id int PRIMARY KEY, email text NOT NULL);\n```\n";

/// Runs a line of bash in `folder`, with the program as `$S`; its exit code.
int run_line(const TemporaryFolder& folder, const std::string& line) {
  const std::string script = folder.write(
      "run.bash", "set -o pipefail\ncd '" + folder.path() + "'\nS=" SCHEMAUDIT_PROGRAM "\n" + line);
  const int status = std::system(("bash " + script).c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

TEST(OutputPlaces, PipesByAnyNameAreWrittenTo) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kDoc);
  for (const char* line : {"$S audit docs --format json=/dev/stdout | cat > out",
                           "$S audit docs --format json=/dev/fd/1 | cat > out",
                           "$S audit docs --format json=/proc/self/fd/1 | cat > out",
                           "$S audit docs --format json=>(cat > part; mv part out); code=$?\n"
                           "for i in $(seq 100); do [ -e out ] && exit $code; sleep 0.1; done",
                           "ln -sf /dev/stdout link; $S audit docs --format json=link | cat > out",
                           "$S audit docs --format json=/dev/stderr 2> out"}) {
    EXPECT_EQ(run_line(folder, std::string("rm -f out\n") + line), 0) << line;
    EXPECT_EQ(Json::parse(read_whole(folder.path() + "/out"), nullptr, false)["verdict"], "pass")
        << line;
  }
}

TEST(OutputPlaces, DescriptorOfAFileKeepsWhatOthersWriteThere) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kDoc);
  EXPECT_EQ(run_line(folder,
                     "{ echo before; $S audit docs --format json=/dev/stdout; echo after; } > out"),
            0);
  const std::string out = read_whole(folder.path() + "/out");
  EXPECT_TRUE(out.starts_with("before\n{")) << out;
  EXPECT_TRUE(out.ends_with("}\nafter\n")) << out;
}

TEST(OutputPlaces, DescriptorThatIsNotOpenIsTold) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kDoc);
  ProgramRun run =
      run_program({"audit", "docs", "--format", "json=/dev/fd/77"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_NE(run.errors.find("/dev/fd/77 cannot be written"), std::string::npos) << run.errors;
}

TEST(OutputPlaces, StreamIsNoFileToAttest) {
  TemporaryFolder folder;
  folder.write("docs/users.md", kDoc);
  EXPECT_EQ(run_line(folder, "$S audit docs --format json=/dev/stdout --attest a.json | cat"), 2);
}

class OutputOverInput : public ::testing::Test {
 protected:
  void SetUp() override {
    folder.write("docs/a.md", kDoc);
    folder.write("s.sql", kSql);
    folder.write("list.txt", "s.sql\n");
    folder.write("mig/1_a.up.sql", kSql);
    folder.write("mig/1_a.down.sql", "DROP TABLE users;\n");
    folder.write("schemaudit.toml", kConfig);
    folder.write("snapshot.json", run_program({"snapshot", "sql:" + path("s.sql")}).output);
    std::filesystem::create_symlink("docs/a.md", path("link.md"));
    std::filesystem::create_hard_link(path("s.sql"), path("hard"));
  }

  std::string path(const std::string& name) const { return folder.path() + "/" + name; }

  static constexpr const char* kSql =
      "CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL);\n";
  static constexpr const char* kConfig = "[gate]\nfail_on = \"high\"\n";
  TemporaryFolder folder;
};

TEST_F(OutputOverInput, IsRefusedBeforeAnythingIsWritten) {
  const std::string snapshot = read_whole(path("snapshot.json"));
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"audit", "docs", "--format", "json=docs/a.md"},
           {"audit", "docs", "--format", "json=new.json", "--format", "text=./docs/../docs/a.md"},
           {"audit", "docs", "--format", "json=link.md"},
           {"audit", "docs/*.md", "--format", "html=docs/a.md"},
           {"audit", "--sql", "s.sql", "--format", "text=s.sql"},
           {"audit", "--sql", "s.sql", "--format", "text=hard"},
           {"audit", "--sql", "@list.txt", "--format", "text=list.txt"},
           {"audit", "--sql", "@list.txt", "--format", "text=s.sql"},
           {"audit", "--migrations", "mig", "--format", "text=mig/1_a.down.sql"},
           {"audit", "docs", "--format", "json=schemaudit.toml"},
           {"audit", "docs", "--db", "snapshot:snapshot.json", "--format", "json=snapshot.json"},
           {"audit", "--sql", "s.sql", "--before", "snapshot:snapshot.json", "--format",
            "json=snapshot.json"},
           {"audit", "docs", "--format", "json=new.json", "--attest", "docs/a.md"},
           {"baseline", "--sql", "s.sql", "--file", "s.sql"},
           {"baseline", "--sql", "s.sql", "--file", "schemaudit.toml"},
           {"diff", "docs:docs", "sql:s.sql", "--format", "json=s.sql"},
           {"diff", "docs:docs", "sql:s.sql", "--format", "json=docs/a.md"},
           {"snapshot", "sql:s.sql", "--format", "json=s.sql"},
           {"snapshot", "sql:@list.txt", "--format", "json=list.txt"},
           {"rehearse", "mig", "--evidence", "mig/1_a.up.sql"},
           {"verify", "docs", "--db", "host=/nowhere", "--evidence", "docs/a.md"},
           {"doc", "sql:s.sql", "--docs", "docs", "--format", "json=docs/a.md"},
           {"doc", "sql:s.sql", "--docs", "docs", "--format", "json=s.sql"}}) {
    ProgramRun run = run_program(arguments, {.folder = folder.path()});
    std::string shown;
    for (const std::string& argument : arguments) shown += argument + " ";
    EXPECT_EQ(run.exit_code, 2) << shown << run.errors;
    EXPECT_NE(run.errors.find("would be written over"), std::string::npos) << shown << run.errors;
    EXPECT_FALSE(std::filesystem::exists(path("new.json"))) << shown;
  }
  EXPECT_EQ(read_whole(path("docs/a.md")), kDoc);
  EXPECT_EQ(read_whole(path("s.sql")), kSql);
  EXPECT_EQ(read_whole(path("list.txt")), "s.sql\n");
  EXPECT_EQ(read_whole(path("mig/1_a.up.sql")), kSql);
  EXPECT_EQ(read_whole(path("schemaudit.toml")), kConfig);
  EXPECT_EQ(read_whole(path("snapshot.json")), snapshot);
}

TEST_F(OutputOverInput, OldResultsAreWrittenAnew) {
  for (int times = 0; times < 2; ++times) {
    EXPECT_EQ(run_program({"audit", "docs", "--format", "json=docs/report.json"},
                          {.folder = folder.path()})
                  .exit_code,
              0);
    EXPECT_EQ(run_program({"baseline", "--sql", "s.sql"}, {.folder = folder.path()}).exit_code, 0);
    EXPECT_EQ(
        run_program({"audit", "docs", "--format", "json=/dev/null"}, {.folder = folder.path()})
            .exit_code,
        0);
  }
}

TEST_F(OutputOverInput, TwoReportsForOneFileAreRefused) {
  std::filesystem::create_symlink("docs", path("same"));
  for (const auto& [one, other] :
       std::vector<std::pair<std::string, std::string>>{{"json=x", "html=x"},
                                                        {"json=x", "html=./x"},
                                                        {"json=docs/x", "html=same/x"},
                                                        {"json=docs/x", "html=" + path("docs/x")},
                                                        {"json", "html=/dev/stdout"},
                                                        {"json=/dev/fd/1", "html=/dev/stdout"}}) {
    ProgramRun run = run_program({"audit", "docs", "--format", one, "--format", other},
                                 {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 2) << one << " " << other;
    EXPECT_EQ(run.output, "");
    EXPECT_NE(run.errors.find("would both go to"), std::string::npos) << run.errors;
  }
  EXPECT_FALSE(std::filesystem::exists(path("x")));
  EXPECT_EQ(run_program({"audit", "docs", "--format", "json=x", "--format", "html=y"},
                        {.folder = folder.path()})
                .exit_code,
            0);
}

}  // namespace
}  // namespace schemaudit
