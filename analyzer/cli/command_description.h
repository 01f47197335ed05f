// The commands and their options as plain values, for what is written of them: completions and the
// manual page.
//
//   for (const CommandDescription& command : describe_commands(app)) print(command.name);
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace schemaudit {

struct OptionDescription {
  /// `--format`; the positional's name without dashes.
  std::string name;
  /// `FMT[=PATH]`; empty for a flag.
  std::string value;
  /// The only values that it takes; empty: any.
  std::vector<std::string> choices;
  std::string text;
  bool positional = false;
};

struct CommandDescription {
  std::string name, text, footer;
  std::vector<OptionDescription> options;
};

/// Those that are shown in --help, in its order.
std::vector<CommandDescription> describe_commands(const CLI::App& app);

}  // namespace schemaudit
