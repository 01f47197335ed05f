// Completions of the command line for shells.
//
//   std::string script = completions_for("bash", describe_commands(app), rule_ids);
#pragma once

#include <string>
#include <vector>

#include "analyzer/cli/command_description.h"

namespace schemaudit {

/// `shell` is bash, zsh or fish; empty for any other. `rules` complete `explain`.
std::string completions_for(const std::string& shell,
                            const std::vector<CommandDescription>& commands,
                            const std::vector<std::string>& rules);

}  // namespace schemaudit
