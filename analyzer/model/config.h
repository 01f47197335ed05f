// The configuration as plain values; analyzer/engine/config_file.h reads it from TOML.
//
//   Config config = read_config(text, "schemaudit.toml", rule_ids).config;
//   config.rules["undocumented-column"].severity   as [rules.undocumented-column] says
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analyzer/model/finding.h"
#include "analyzer/model/policy.h"
#include "analyzer/model/source.h"
#include "analyzer/model/waiver.h"

namespace schemaudit {

enum class Profile { recommended, strict, all };

std::string_view to_string(Profile profile);

using OptionValue = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;

struct RuleSetting {
  std::optional<Severity> severity;
  bool off = false;
  /// Whether its guesses are asked about; what is certain is reported all the same.
  bool ask = true;
  std::map<std::string, OptionValue> options;
  Origin origin;
};

struct DocsPath {
  std::string glob;
  DocumentState state = DocumentState::current;
};

struct Criterion {
  std::string text;
  std::vector<std::string> decided_by;
  Origin origin;
};

/// [[check]]: a query of the live database, run read-only, and the result it must have.
struct LiveCheck {
  std::string name;
  std::string query;
  /// The rows it must give, in order, as text; unset cells are NULL.
  std::optional<std::vector<std::vector<std::optional<std::string>>>> expected;
  /// How many rows it must give, where `expected` is unset.
  std::optional<std::int64_t> expected_rows;
  Severity severity = Severity::high;
  int timeout_ms = 5000;
  Origin origin;
};

/// [[sql_rule]]: a query over the audit's schemas; each row of its result is a finding.
struct SqlRule {
  std::string id;
  Severity severity = Severity::medium;
  std::string summary;
  std::string query;
  /// The file that holds the query where `query` is not given; read by whoever reads files.
  std::string file;
  /// Roles without which it does not run, besides those whose views it reads.
  std::vector<Role> needs;
  int timeout_ms = 10000;
  Origin origin;
};

/// [gate.release]: what `audit --gate release` asks beyond the gate of every day.
struct ReleaseGate {
  /// Unset: that of [gate].
  std::optional<Severity> fail_on;
  std::map<std::string, double> metric_thresholds;
};

struct Config {
  /// Path as it is shown; empty where there is none.
  std::string path;
  std::string digest;

  std::vector<DocsPath> docs;
  /// SQL files, folders, globs or `@LIST`s that build the declared schema.
  std::vector<std::string> sql;
  /// The folder of migrations; empty: none.
  std::string migrations;
  /// Files, folders or globs of models, or one `command:...`.
  std::vector<std::string> models;
  /// The last version that every database has had; `none`: no step has run anywhere; empty: nobody
  /// says.
  std::string applied;
  std::vector<std::string> databases;
  /// A source of any kind that tells an earlier state: `snapshot:before.json`; empty: none.
  std::string before;

  std::vector<std::string> schemas;
  std::vector<std::string> ignore;

  Policies policy;
  std::vector<LiveCheck> checks;
  std::vector<SqlRule> sql_rules;
  /// Shared libraries with rules, as paths.
  std::vector<std::string> plugins;
  std::map<std::string, RuleSetting> rules;
  Profile profile = Profile::recommended;
  std::vector<std::string> select;
  std::vector<std::string> ignore_rules;

  /// Unset: never.
  std::optional<Severity> fail_on = Severity::high;
  std::map<std::string, double> metric_thresholds;
  /// The file of findings that are known and do not fail the audit; empty: none.
  std::string baseline;
  ReleaseGate release;
  /// Set by `--gate release`: incomplete evidence and criteria that nobody evaluated are no pass.
  bool is_release = false;
  std::vector<Criterion> criteria;
  std::vector<Waiver> waivers;
};

}  // namespace schemaudit
