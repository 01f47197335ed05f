#include "tests/support/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "analyzer/postgres/scratch_folder.h"

namespace schemaudit {

namespace fs = std::filesystem;

namespace {

std::string source_folder() {
  return SCHEMAUDIT_SOURCE_DIR;
}

int open_for_output(const std::string& path) {
  return ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
}

}  // namespace

ProgramRun run_program(const std::vector<std::string>& arguments, const ProgramSetting& setting) {
  TemporaryFolder folder;
  std::string output_path = folder.path() + "/out", error_path = folder.path() + "/err";
  pid_t child = ::fork();
  if (child == 0) {
    if (!setting.folder.empty() && ::chdir(setting.folder.c_str()) != 0) ::_exit(126);
    for (const auto& [name, value] : setting.environment) {
      if (value.empty())
        ::unsetenv(name.c_str());
      else
        ::setenv(name.c_str(), value.c_str(), 1);
    }
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    ::dup2(open_for_output(output_path), STDOUT_FILENO);
    ::dup2(open_for_output(error_path), STDERR_FILENO);
    std::vector<char*> argv = {const_cast<char*>(SCHEMAUDIT_PROGRAM)};
    for (const std::string& argument : arguments)
      argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    ::execv(SCHEMAUDIT_PROGRAM, argv.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ProgramRun run;
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  run.output = read_whole(output_path);
  run.errors = read_whole(error_path);
  return run;
}

TemporaryFolder::TemporaryFolder() {
  path_ = make_scratch_folder("schemaudit-test").path;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(const std::string& name, const std::string& content) const {
  fs::path path = fs::path(path_) / name;
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
  return path.string();
}

std::string read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

std::string differs_from_golden(const std::string& golden, const std::string& actual) {
  fs::path path = fs::path(source_folder()) / golden;
  const char* update = std::getenv("SCHEMAUDIT_UPDATE");
  if (update && std::string(update) == "1") {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << actual;
    return {};
  }
  std::string expected = read_whole(path.string());
  if (expected == actual) return {};
  std::istringstream a(expected), b(actual);
  std::string x, y;
  for (int line = 1;; ++line) {
    bool more_a = static_cast<bool>(std::getline(a, x)),
         more_b = static_cast<bool>(std::getline(b, y));
    if (!more_a) x.clear();
    if (!more_b) y.clear();
    if (x != y || !more_a || !more_b)
      return golden + ":" + std::to_string(line) + " differs (SCHEMAUDIT_UPDATE=1 rewrites it)\n" +
             "expected: " + x + "\n  actual: " + y;
  }
}

std::string shared_folder() {
  fs::path folder = fs::path(source_folder()).parent_path() / "shared";
  std::error_code ignored;
  return fs::is_directory(folder / "inputs", ignored) ? folder.string() : std::string();
}

}  // namespace schemaudit
