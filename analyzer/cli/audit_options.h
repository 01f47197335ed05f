// What the user typed after `schemaudit audit`, and what it means for the configuration.
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/config.h"

namespace CLI {
class App;
}

namespace schemaudit {

struct Rule;

/// --scratch and --scratch-url, as several commands take them.
struct ScratchOption {
  bool own_server = false;
  std::string url;

  bool used() const { return own_server || !url.empty(); }
};
void add_scratch_options(CLI::App& command, ScratchOption& option);

struct AuditOptions {
  std::vector<std::string> docs;
  std::vector<std::string> sql;
  std::string migrations;
  std::vector<std::string> models;
  ScratchOption scratch;
  std::vector<std::string> databases;
  /// A source of any kind that tells an earlier state.
  std::string before;
  std::string config;
  std::vector<std::string> formats;
  std::string fail_on;
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::vector<std::string> rules;
  std::vector<std::string> plugins;
  /// Files of verify and rehearse.
  std::vector<std::string> evidence;
  std::string profile;
  std::string color = "auto";
};

/// Puts the command line over the configuration. `rules` are those that it may name, besides
/// the config's own. Returns what is wrong with it, one line, or nothing.
std::string apply_options(const AuditOptions& options, const std::vector<const Rule*>& rules,
                          Config& config);

struct OutputFormat {
  std::string format;
  /// `-` for standard output.
  std::string path;
};

/// `json`, `html=report.html`; text on standard output where none is asked for. `error` is set
/// where one is unknown, or where two would share standard output or a file.
std::vector<OutputFormat> output_formats(const std::vector<std::string>& typed,
                                         const std::vector<std::string>& known,
                                         const std::string& fallback, std::string& error);

}  // namespace schemaudit
