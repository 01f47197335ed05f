// The config that commands work from, found upward or named, with the plug-ins it names.
//
//   FoundConfig found = find_and_read_config(options.config);
//   if (!found.error.empty()) return usage(found.error);
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "analyzer/model/config.h"
#include "analyzer/model/report.h"
#include "rules/plugins/plugin_loader.h"

namespace schemaudit {

/// schemaudit.toml in this folder or the nearest one above; empty where there is none.
std::filesystem::path find_config();

struct FoundConfig {
  Config config;
  /// Its folder, else the working directory.
  std::filesystem::path base;
  /// The file and its digest; empty where there is none.
  ConfigFacts file;
  LoadedPlugins plugins;
  /// Of all rules there are, those of plug-ins and of the config included.
  std::vector<std::string> rule_ids;
  /// One line; empty where the config is good, or there is none.
  std::string error;
};
/// `path` empty: found upward. `plugins` are those of the command line.
FoundConfig find_and_read_config(const std::string& path,
                                 const std::vector<std::string>& plugins = {});

/// Paths typed on the command line are relative to where it was typed.
std::string from_here(const std::string& path);

/// UTC, as reports have it: `2026-01-31T12:00:00Z`.
std::string timestamp(std::chrono::system_clock::time_point at);

}  // namespace schemaudit
