// The report: the only thing a renderer sees. Rule texts are in it, too, so that every format
// says the same. The JSON form is fixed by the contract in DESIGN.md and docs/report.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/finding.h"
#include "analyzer/model/migration_chain.h"
#include "analyzer/model/source.h"

namespace schemaudit {

enum class Verdict { pass, fail, incomplete };
enum class RuleStatus { passed, failed, not_run, crashed };
enum class CriterionState { met, not_met, not_evaluated };

std::string_view to_string(Verdict verdict);
std::string_view to_string(RuleStatus status);
std::string_view to_string(CriterionState state);

/// What changes between two runs over the same input, and nothing else does.
struct RunFacts {
  std::string started_at;
  std::string finished_at;
  double seconds = 0;
  /// As typed, secrets replaced.
  std::vector<std::string> arguments;
};

struct SourceReport {
  Role role = Role::documented;
  std::string kind;
  std::string name;
  std::string digest;
  /// What it was read from, in order.
  std::vector<InputFile> files;
  SchemaCounts objects;
  Visibility visibility;
  std::vector<Problem> unanalysed;
  std::vector<DocumentReading> documents;
  std::vector<LeftOut> left_out;
  std::optional<ServerFacts> server;
  /// Of a live database: queries of the config that were run on it, and how many gave no answer.
  std::size_t questions = 0;
  std::size_t unanswered = 0;
};

struct Metric {
  std::string id;
  std::size_t numerator = 0;
  std::size_t denominator = 0;
  /// Those that count against it (the undocumented tables), sorted.
  std::vector<std::string> members;
};

struct RuleReport {
  std::string id;
  Severity severity = Severity::medium;
  RuleStatus status = RuleStatus::not_run;
  std::string reason;
  std::size_t checked = 0;
  std::size_t findings = 0;
  /// For help texts in any format.
  std::string category;
  std::string summary;
  std::string docs;
};

struct Action {
  Severity severity = Severity::medium;
  std::string text;
  std::vector<std::string> findings;
};

struct CriterionReport {
  std::string text;
  CriterionState state = CriterionState::not_evaluated;
  std::vector<std::string> decided_by;
  /// Why it is in this state, one line; may be empty where it is met.
  std::string reason = {};
};

/// What an audit took as known.
struct BaselineFacts {
  /// The file; empty where there was none.
  std::string file;
  std::string digest;
  std::size_t entries = 0;
  /// The commit with whose findings this audit was compared; empty: none.
  std::string since;
  /// Findings that were known.
  std::size_t known = 0;
  /// Entries of the file that nothing is found for.
  std::size_t stale = 0;
  bool operator==(const BaselineFacts&) const = default;
};

struct Report {
  std::string tool_version;
  RunFacts run;
  Verdict verdict = Verdict::pass;
  std::vector<std::string> incomplete_because;
  std::optional<Severity> fail_on = Severity::high;
  std::vector<SourceReport> sources;
  std::vector<Metric> metrics;
  std::vector<RuleReport> rules;
  std::vector<Finding> findings;
  std::vector<Question> questions;
  std::vector<Action> actions;
  /// Of the migrations that were read.
  std::optional<MigrationChain> chain;
  std::vector<CriterionReport> criteria;
  /// Unset where every finding counted as new.
  std::optional<BaselineFacts> baseline;
};

}  // namespace schemaudit
