#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/cli/command.h"
#include "analyzer/cli/message.h"
#include "analyzer/sql/claims.h"

namespace {

std::string version() {
  return std::string("schemaudit ") + SCHEMAUDIT_VERSION + " (grammar of PostgreSQL " +
         std::to_string(schemaudit::grammar_version() / 10000) + ")";
}

/// What stands behind the first `--`; the parser must not read another command's options.
std::vector<std::string> take_command(int& argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) != "--") continue;
    std::vector<std::string> command(argv + i + 1, argv + argc);
    argc = i;
    return command;
  }
  return {};
}

int main_or_throw(int argc, char** argv) {
  int exit_code = schemaudit::kPass;
  std::vector<std::string> scratch_command;
  if (argc > 1 && std::string_view(argv[1]) == "scratch")
    scratch_command = take_command(argc, argv);
  CLI::App app{
      "Tells where schema docs and a live PostgreSQL database disagree, and which of the "
      "team's rules they break.",
      "schemaudit"};
  app.set_version_flag("--version", version());
  app.require_subcommand(1);
  app.footer(
      "Examples:\n"
      "  schemaudit audit docs/ --db postgresql://app@localhost/shop\n"
      "  schemaudit audit --format html=report.html\n"
      "  schemaudit explain documented-column-absent\n"
      "Exit codes: 0 pass, 1 findings, 2 usage, 3 incomplete evidence.");
  schemaudit::add_audit_command(app, exit_code);
  schemaudit::add_snapshot_command(app, exit_code);
  schemaudit::add_rules_command(app, exit_code);
  schemaudit::add_explain_command(app, exit_code);
  schemaudit::add_json_schema_command(app, exit_code);
  schemaudit::add_scratch_command(app, exit_code, std::move(scratch_command));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    schemaudit::complain(error.what());
    std::fputs("Try: schemaudit --help\n", stderr);
    return schemaudit::kUsage;
  }
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return main_or_throw(argc, argv);
  } catch (const std::exception& error) {
    schemaudit::complain(error.what());
    return schemaudit::kIncomplete;
  }
}
