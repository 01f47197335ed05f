// docs/tutorial.md, walked line by line in a bare folder: what it says happens.
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

std::vector<std::string> shell_fences(const std::string& markdown) {
  std::vector<std::string> fences;
  std::istringstream lines(markdown);
  bool within = false;
  for (std::string line; std::getline(lines, line);) {
    if (!within && line == "```sh") {
      within = true;
      fences.emplace_back();
    } else if (within && line == "```") {
      within = false;
    } else if (within) {
      fences.back() += line + "\n";
    }
  }
  return fences;
}

class Tutorial : public LiveTest {};

TEST_F(Tutorial, EveryStepEndsAsItSays) {
  const std::vector<std::string> fences =
      shell_fences(read_whole(SCHEMAUDIT_SOURCE_DIR "/docs/tutorial.md"));
  // The exit code of each fence's last command, in order.
  const std::vector<int> expected = {
      0, 0, 0, 0,  // the project
      0,           // init
      1,           // the first audit
      0,           // a page, and why
      0,           // a migration
      0,           // docs are written, and the audit passes
      1,           // a rule of the house
      0,           // what is known
      1,           // what a branch brings
      1,           // a live database that has had none of it
  };
  ASSERT_EQ(fences.size(), expected.size());
  TemporaryFolder folder;
  const std::string program = SCHEMAUDIT_PROGRAM;
  std::string script = "export PATH='" + program.substr(0, program.rfind('/')) +
                       "':\"$PATH\"\nexport HOME='" + folder.path() + "'\nunset DATABASE_URL\n";
  const std::string database = fresh_database();
  for (std::size_t i = 0; i < fences.size(); ++i) {
    if (i + 1 == fences.size()) script += "export DATABASE_URL='" + database + "'\n";
    script += fences[i] + "code=$?\necho \"$code\" >> \"$HOME/codes.txt\"\n";
  }
  folder.write("walk.sh", script);
  const std::string command = "cd '" + folder.path() + "' && bash walk.sh > walked.txt 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0) << read_whole(folder.path() + "/walked.txt");
  std::istringstream codes(read_whole(folder.path() + "/codes.txt"));
  std::vector<int> seen;
  for (int code = 0; codes >> code;) seen.push_back(code);
  EXPECT_EQ(seen, expected) << read_whole(folder.path() + "/walked.txt");
}

}  // namespace
}  // namespace schemaudit
