// The manual page, schemaudit(1), made of what --help says.
//
//   std::string page = manual_page(describe_commands(app), "0.1.0");
#pragma once

#include <string>
#include <vector>

#include "analyzer/cli/command_description.h"

namespace schemaudit {

/// In the roff of man(7).
std::string manual_page(const std::vector<CommandDescription>& commands,
                        const std::string& version);

}  // namespace schemaudit
