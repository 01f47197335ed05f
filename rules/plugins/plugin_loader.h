// Loads plug-ins and takes their rules in.
//
//   LoadedPlugins plugins = load_plugins({"/opt/acme/libacme.so"});
//   if (!plugins.error.empty()) ...
//   run_audit(input, run, plugins.rules);    // with the built-in ones
#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

struct LoadedPlugins {
  /// The built-in rules and those of the plug-ins, sorted by id.
  std::vector<const Rule*> rules;
  /// Those of the plug-ins alone.
  std::vector<const Rule*> own;
  /// Which plug-in cannot be used, why, and what to do; empty where all of them can.
  std::string error;
};

/// Absolute paths. A library that has been loaded stays so until the program ends, since its rules
/// are used until then.
LoadedPlugins load_plugins(const std::vector<std::string>& paths);

}  // namespace schemaudit
