// The [policy.*] tables of the config.
//
//   config.policy = read_policies(toml, *policy_table, normal_type);
//
// Only the .cpp files of this folder include it.
#pragma once

#include "analyzer/engine/config_file.h"
#include "analyzer/engine/toml_reader.h"

namespace schemaudit {

/// Faults stay in `toml`. Without `normal_type` types are kept as they are written.
Policies read_policies(TomlReader& toml, const toml::table& policy,
                       const TypeNormaliser& normal_type);

/// The kinds of names that [policy.naming] gives patterns to.
const std::vector<std::string>& named_kinds();

}  // namespace schemaudit
