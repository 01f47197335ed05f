#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>

#include "analyzer/cli/command.h"
#include "analyzer/model/redact.h"
#include "analyzer/sql/claims.h"

namespace {

std::string version() {
  return std::string("schemaudit ") + SCHEMAUDIT_VERSION + " (grammar of PostgreSQL " +
         std::to_string(schemaudit::grammar_version() / 10000) + ")";
}

}  // namespace

int main(int argc, char** argv) {
  int exit_code = schemaudit::kPass;
  CLI::App app{"Tells where schema docs and a live PostgreSQL database disagree, and which of the "
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
  schemaudit::add_scratch_command(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::fprintf(stderr, "schemaudit: %s\nTry: schemaudit --help\n",
                 schemaudit::redact(error.what()).c_str());
    return schemaudit::kUsage;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "schemaudit: %s\n", schemaudit::redact(error.what()).c_str());
    return schemaudit::kIncomplete;
  }
  return exit_code;
}
