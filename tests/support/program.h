// Runs the built program as a user would, and keeps what it printed.
//
//   ProgramRun run = run_program({"audit", "docs/", "--format", "json"}, {.folder = folder});
//   EXPECT_EQ(run.exit_code, 0) << run.errors;
#pragma once

#include <map>
#include <string>
#include <vector>

namespace schemaudit {

struct ProgramRun {
  int exit_code = -1;
  std::string output;
  std::string errors;
};

struct ProgramSetting {
  /// Empty: the test's own.
  std::string folder = {};
  /// Over the test's own; an empty value unsets.
  std::map<std::string, std::string> environment = {};
};

ProgramRun run_program(const std::vector<std::string>& arguments,
                       const ProgramSetting& setting = {});

/// A folder of its own for a test, removed at its end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  /// Writes a file below it, with its folders, and returns its full path.
  std::string write(const std::string& name, const std::string& content) const;

 private:
  std::string path_;
};

std::string read_whole(const std::string& path);

/// Compares with the file `golden` (relative to the source tree), or writes it where
/// SCHEMAUDIT_UPDATE=1 is set. Returns what differs, or nothing.
std::string differs_from_golden(const std::string& golden, const std::string& actual);

/// The folder with real documents and schemas to try the program on, or empty where this
/// checkout stands alone: then tests that need it skip, by name.
std::string shared_folder();

}  // namespace schemaudit
