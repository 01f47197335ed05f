// Lines that the runners of CI systems would obey, made harmless: a name in a database or a
// document must not give them commands.
//
//   without_runner_commands("  ::error::x")        "  \x3a:error::x", the backslash spelled out
//   json_without_runner_commands("\"##[error]\"")   "\u0023#[error]", the same value
#pragma once

#include <string>

namespace schemaudit {

/// One line of text. GitHub's runner obeys lines that begin with `::` behind any white space, it
/// and Azure Pipelines `##[...]` and `##vso[...]` anywhere, TeamCity `##teamcity[...]`.
std::string without_runner_commands(std::string line);

/// The same values, with no two number signs beside each other.
std::string json_without_runner_commands(std::string json);

}  // namespace schemaudit
