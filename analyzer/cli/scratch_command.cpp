#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include "analyzer/cli/command.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/postgres/run_files.h"
#include "analyzer/postgres/scratch_server.h"

namespace schemaudit {

namespace {

struct ScratchOptions {
  std::vector<std::string> files;
  std::vector<std::string> command;
};

/// Runs `command` with DATABASE_URL set and gives its exit code, as a shell would.
int run_child(const std::vector<std::string>& command, const std::string& url) {
  pid_t child = ::fork();
  if (child == 0) {
    ::setenv("DATABASE_URL", url.c_str(), 1);
    std::vector<char*> arguments;
    for (const std::string& argument : command)
      arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    complain(command.front() + " cannot be run: " + std::strerror(errno));
    ::_exit(127);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int run_scratch(const ScratchOptions& options) {
  ScratchStart start = ScratchServer::start();
  if (!start.server) {
    complain(start.error);
    return kIncomplete;
  }
  std::vector<SqlText> texts;
  for (const std::string& file : options.files) {
    std::string error;
    std::optional<std::string> sql = read_file(file, error);
    if (!sql) {
      complain(error);
      return kUsage;
    }
    texts.push_back({std::move(*sql), file});
  }
  const std::string url = start.server->create_database("scratch");
  const FileRun loaded = run_files(url, texts, {.own_server = true, .stop_at_error = true});
  if (!loaded.problems.empty()) {
    const Problem& refused = loaded.problems.front();
    complain(to_string(refused.origin) + " cannot be loaded: " + refused.message);
    return kIncomplete;
  }
  if (!loaded.error.empty()) {
    complain("the files cannot be loaded: " + loaded.error);
    return kIncomplete;
  }
  return run_child(options.command, url);
}

}  // namespace

void add_scratch_command(CLI::App& app, int& exit_code, std::vector<std::string> command) {
  CLI::App* scratch = app.add_subcommand(
      "scratch", "Run a command with DATABASE_URL naming a throw-away PostgreSQL");
  auto options = std::make_shared<ScratchOptions>();
  options->command = std::move(command);
  scratch->add_option("--load", options->files, "SQL files to load first; repeatable")
      ->type_name("PATH")
      ->allow_extra_args(false)
      ->take_all();
  scratch->footer(
      "Exit codes: the command's own; 2 usage, 3 there is no server, or a file could not be "
      "loaded.\n"
      "Examples:\n"
      "  schemaudit scratch -- npm test\n"
      "  schemaudit scratch --load schema.sql -- sh -c 'psql \"$DATABASE_URL\"'");
  scratch->callback([options, &exit_code] {
    if (options->command.empty()) {
      complain("scratch needs a command behind --");
      exit_code = kUsage;
      return;
    }
    exit_code = run_scratch(*options);
  });
}

}  // namespace schemaudit
