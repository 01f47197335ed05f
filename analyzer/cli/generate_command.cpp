#include <CLI/CLI.hpp>
#include <memory>

#include "analyzer/cli/command.h"
#include "analyzer/cli/command_description.h"
#include "analyzer/cli/completions.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/manual_page.h"
#include "analyzer/cli/message.h"
#include "rules/rule.h"

namespace schemaudit {

void add_generate_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "generate", "Print completions for a shell, or the manual page: for those who package it");
  // Not among the commands that --help lists.
  command->group("");
  auto what = std::make_shared<std::string>();
  command->add_option("WHAT", *what, "bash, zsh, fish or man")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish", "man"}));
  command->callback([&app, what, &exit_code] {
    const std::vector<CommandDescription> commands = describe_commands(app);
    std::vector<std::string> rules;
    for (const Rule* rule : all_rules()) rules.emplace_back(rule->info.id);
    const std::string text = *what == "man" ? manual_page(commands, SCHEMAUDIT_VERSION)
                                            : completions_for(*what, commands, rules);
    const std::string error = write_result("-", text);
    if (!error.empty()) complain(error);
    exit_code = error.empty() ? kPass : kIncomplete;
  });
}

}  // namespace schemaudit
