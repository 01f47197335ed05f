#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/cli/command.h"
#include "analyzer/cli/message.h"
#include "analyzer/model/names.h"
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

/// What was typed and is not known, with the nearest that is; else the parser's own words.
std::string explain(const CLI::App& app, const CLI::ParseError& error) {
  std::vector<CLI::App*> chosen = app.get_subcommands();
  const CLI::App& command = chosen.empty() ? app : *chosen.front();
  for (const std::string& typed : app.remaining(true)) {
    bool is_option = typed.size() > 1 && typed.front() == '-';
    if (!is_option && !chosen.empty()) continue;
    std::string word = typed.substr(0, typed.find('='));
    std::vector<std::string> known;
    if (is_option) {
      for (const CLI::Option* option : command.get_options())
        for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    } else {
      for (const CLI::App* other : app.get_subcommands([](const CLI::App*) { return true; }))
        if (!other->get_group().empty()) known.push_back(other->get_name());
    }
    std::string nearest = schemaudit::nearest_name(word, known);
    std::string text =
        is_option ? "there is no option " + word : "there is no command '" + word + "'";
    if (is_option && !chosen.empty()) text += " of schemaudit " + command.get_name();
    return text + (nearest.empty() ? "" : "; did you mean " + nearest + "?");
  }
  return error.what();
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
      "  schemaudit diff sql:db/schema.sql db:postgresql://app@localhost/shop\n"
      "  schemaudit explain documented-column-absent\n"
      "Exit codes: 0 pass, 1 findings, 2 usage, 3 incomplete evidence.");
  schemaudit::add_audit_command(app, exit_code);
  schemaudit::add_diff_command(app, exit_code);
  schemaudit::add_snapshot_command(app, exit_code);
  schemaudit::add_rehearse_command(app, exit_code);
  schemaudit::add_verify_command(app, exit_code);
  schemaudit::add_doc_command(app, exit_code);
  schemaudit::add_rules_command(app, exit_code);
  schemaudit::add_explain_command(app, exit_code);
  schemaudit::add_baseline_command(app, exit_code);
  schemaudit::add_merge_command(app, exit_code);
  schemaudit::add_init_command(app, exit_code);
  schemaudit::add_json_schema_command(app, exit_code);
  schemaudit::add_generate_command(app, exit_code);
  schemaudit::add_scratch_command(app, exit_code, std::move(scratch_command));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    schemaudit::complain(explain(app, error));
    std::vector<CLI::App*> chosen = app.get_subcommands();
    std::fprintf(stderr, "Try: schemaudit %s--help\n",
                 chosen.empty() ? "" : (chosen.front()->get_name() + " ").c_str());
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
