// What the program says of itself: its help, its completions and its manual page.
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

#include "tests/support/program.h"

namespace schemaudit {
namespace {

/// `audit` of `schemaudit audit docs/`, wherever a line or a piece of code begins with it.
std::set<std::string> commands_in(const std::string& markdown) {
  static const std::regex command("(^|\n|`)schemaudit ([a-z][a-z-]+) ");
  std::set<std::string> names;
  for (std::sregex_iterator match(markdown.begin(), markdown.end(), command), end; match != end;
       ++match)
    names.insert((*match)[2]);
  // "schemaudit reads both" begins a sentence.
  names.erase("reads");
  return names;
}

TEST(Help, ListsEveryCommandThatTheReadmeShows) {
  const std::set<std::string> shown = commands_in(read_whole(SCHEMAUDIT_SOURCE_DIR "/README.md"));
  EXPECT_GE(shown.size(), 10u);
  EXPECT_EQ(shown.count("scratch"), 1u);
  const std::string help = run_program({"--help"}).output;
  const std::string bash = run_program({"generate", "bash"}).output;
  const std::string man = run_program({"generate", "man"}).output;
  for (const std::string& command : shown) {
    EXPECT_NE(help.find("\n  " + command + " "), std::string::npos) << command << help;
    EXPECT_NE(bash.find("    " + command + ") words="), std::string::npos) << command << bash;
    const std::string in_roff = std::regex_replace(command, std::regex("-"), "\\-");
    EXPECT_NE(man.find(".SH COMMAND " + in_roff + "\n"), std::string::npos) << command << man;
  }
}

}  // namespace
}  // namespace schemaudit
