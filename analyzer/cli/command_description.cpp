#include "analyzer/cli/command_description.h"

#include <CLI/CLI.hpp>

namespace schemaudit {

namespace {

/// The parser writes choices behind the type: `LEVEL:{high,low}`.
void split_type(const std::string& type, OptionDescription& option) {
  const std::size_t open = type.find(":{"), close = type.rfind('}');
  if (open == std::string::npos || close == std::string::npos || close < open) {
    option.value = type;
    return;
  }
  option.value = type.substr(0, open);
  std::string choice;
  for (const char c : type.substr(open + 2, close - open - 2) + ",") {
    if (c != ',') {
      choice += c;
      continue;
    }
    option.choices.push_back(choice);
    choice.clear();
  }
}

}  // namespace

std::vector<CommandDescription> describe_commands(const CLI::App& app) {
  std::vector<CommandDescription> commands;
  for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (each->get_group().empty()) continue;
    CommandDescription command{each->get_name(), each->get_description(), each->get_footer(), {}};
    for (const CLI::Option* option : each->get_options()) {
      OptionDescription described;
      described.positional = option->get_positional();
      described.name = described.positional ? option->get_name(true) : option->get_name();
      if (!option->get_lnames().empty()) described.name = "--" + option->get_lnames().front();
      if (option->get_items_expected_max() > 0) split_type(option->get_type_name(), described);
      described.text = option->get_description();
      command.options.push_back(std::move(described));
    }
    commands.push_back(std::move(command));
  }
  return commands;
}

}  // namespace schemaudit
