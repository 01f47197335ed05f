// Where reports go: streams are written to as they are.

#include <gtest/gtest.h>

#include <cstdlib>
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

}  // namespace
}  // namespace schemaudit
