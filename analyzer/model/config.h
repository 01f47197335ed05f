// The configuration as plain values; analyzer/engine/config_file.h reads it from TOML.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "analyzer/model/finding.h"
#include "analyzer/model/source.h"

namespace schemaudit {

enum class Profile { recommended, strict, all };

/// A glob, or a list of names or globs (`_` is literal); see matches_glob().
struct TableSelector {
  std::vector<std::string> globs;
  /// Tries the bare name and `schema.name`.
  bool matches(const QualifiedName& table) const;
  bool operator==(const TableSelector&) const = default;
};

enum class ForeignKeyStance {
  /// No foreign key on these tables, nor to them from others.
  forbid,
  /// Only among themselves.
  inside,
  allow,
};

struct IsolationPolicy {
  std::string name;
  TableSelector tables;
  ForeignKeyStance foreign_keys = ForeignKeyStance::forbid;
  bool forbid_dependencies = false;
  bool freeze_others = false;
  /// `drop-only` or empty.
  std::string rollback;
  Origin origin;
};

struct SoftDeletePolicy {
  std::string column = "deleted_at";
  TableSelector tables;
  Origin origin;
};

struct TenancyPolicy {
  std::string column;
  TableSelector tables;
  /// `foreign-key`: a table may be owned through its parent.
  std::string through;
  Origin origin;
};

struct Policies {
  std::vector<IsolationPolicy> isolation;
  std::optional<SoftDeletePolicy> soft_delete;
  std::optional<TenancyPolicy> tenancy;
  /// Glob of `table.column` -> `check-or-enum`.
  std::map<std::string, std::string> domains;
};

using OptionValue = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;

struct RuleSetting {
  std::optional<Severity> severity;
  bool off = false;
  std::map<std::string, OptionValue> options;
  Origin origin;
};

struct DocsPath {
  std::string glob;
  DocumentState state = DocumentState::current;
};

struct Waiver {
  std::string rule;
  /// Glob over to_string(ObjectRef).
  std::string object;
  std::string owner, reason, expires, ticket, approved_by;
  Origin origin;
};

struct Criterion {
  std::string text;
  std::vector<std::string> decided_by;
  Origin origin;
};

struct Config {
  /// Path as it is shown; empty where there is none.
  std::string path;
  std::string digest;

  std::vector<DocsPath> docs;
  /// SQL files, folders, globs or `@LIST`s that build the declared schema.
  std::vector<std::string> sql;
  std::vector<std::string> databases;

  std::vector<std::string> schemas;
  std::vector<std::string> ignore;

  Policies policy;
  std::map<std::string, RuleSetting> rules;
  Profile profile = Profile::recommended;
  std::vector<std::string> select;
  std::vector<std::string> ignore_rules;

  /// Unset: never.
  std::optional<Severity> fail_on = Severity::high;
  std::map<std::string, double> metric_thresholds;
  std::vector<Criterion> criteria;
  std::vector<Waiver> waivers;
};

}  // namespace schemaudit
