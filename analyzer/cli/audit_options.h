// What the user typed after `schemaudit audit`, and what it means for the configuration.
//
//   add_source_options(command, options);      // before CLI11 parses
//   settle_source_options(command, options);   // after it
//   std::string wrong = apply_options(options, rules, config);
//   // "the rule 'undocumented-colum' is not known; did you mean undocumented-column?"
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/config.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

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
  /// Named by the option; a list of its own, for the parser clears the list that it fills.
  std::vector<std::string> more_docs;
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
  /// The file of known findings; wins over the config's.
  std::string baseline;
  /// Set where the findings are to be written to it.
  bool without_baseline = false;
  /// A revision of git: what it had found already is known.
  std::string changed_since;
  /// Where an attestation goes.
  std::string attest;
  /// `release`, or empty.
  std::string gate;
  std::string color = "auto";
};

/// The options that name sources and rules, and those that decide the verdict, as `audit` and
/// `baseline` take them.
void add_source_options(CLI::App& command, AuditOptions& options);
void add_rule_options(CLI::App& command, AuditOptions& options);
/// The documents that are named without an option: SQL among them was meant for one.
CLI::Option* add_documents(CLI::App& command, std::vector<std::string>& docs);
/// Once the command line is parsed.
void settle_source_options(const CLI::App& command, AuditOptions& options);
/// What was typed, for the report.
std::vector<std::string> typed_arguments(const CLI::App& command);

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
std::vector<std::string> paths_of(const std::vector<OutputFormat>& formats);

}  // namespace schemaudit
