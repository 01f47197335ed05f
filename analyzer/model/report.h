// The report: the only thing a renderer sees. Rule texts are in it, too, so that every format
// says the same. The JSON form is a contract with other programs, which docs/report.md states.
//
//   Report report = run_audit(input, {});
//   report.verdict == Verdict::fail; report.findings[0].message   why
//   std::string json = render_json(report);
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

/// The configuration file of an audit.
struct ConfigFacts {
  /// Empty where there was none.
  std::string uri;
  /// SHA-256 of its text.
  std::string digest;
  bool operator==(const ConfigFacts&) const = default;
};

/// Some lines of a source, secrets replaced: what stands where a finding points.
struct Excerpt {
  std::string uri;
  /// Of the first of `lines`, from 1.
  int first_line = 0;
  /// The one that is meant.
  int line = 0;
  std::vector<std::string> lines;
  bool operator==(const Excerpt&) const = default;
};

/// A count that a document states of its own schema: `12 tables`.
struct CountReading {
  std::string words;
  Origin origin;
  /// Unset where what it counts could not be told.
  std::optional<bool> holds;
  bool operator==(const CountReading&) const = default;
};

enum class ClaimState {
  holds,
  refuted,
  /// `reason` says why.
  unchecked,
  /// No claim, but a finding points here.
  noted,
};

std::string_view to_string(ClaimState state);

/// One thing that a document was read to say, at its place.
struct DocumentClaim {
  int line = 0;
  /// In code points of the line, from 1; 0 and 0 where the whole line says it.
  int column = 0;
  int length = 0;
  /// `table`, `column`, `type`, `nullability`, `default`, `constraint`, `index`, `enum`, `count`,
  /// `query`, `object`; of a note the rule's id.
  std::string kind;
  /// `public.users.phone`
  std::string object;
  /// What it says: `character varying(20)`.
  std::string stated;
  ClaimState state = ClaimState::holds;
  /// What refutes it, or why nobody could tell; may be empty where it holds.
  std::string reason;
  /// Fingerprints.
  std::vector<std::string> findings;
  bool operator==(const DocumentClaim&) const = default;
};

/// A document line by line, with what was read as a claim and what became of it.
struct AnnotatedDocument {
  std::string uri;
  DocumentState state = DocumentState::current;
  /// All of them, secrets replaced; empty where the file could not be read again.
  std::vector<std::string> lines;
  /// By line, then by column, those of a whole line last.
  std::vector<DocumentClaim> claims;
  bool operator==(const AnnotatedDocument&) const = default;
};

enum class EdgeState {
  agreed,
  /// A document states it, and it is not there.
  missing,
  /// It is there, and a policy forbids it.
  forbidden,
  /// It is there, and the documents, which list all, lack it.
  undocumented,
  /// Another finding is about it.
  flagged,
};

std::string_view to_string(EdgeState state);

/// A foreign key between two tables.
struct NeighbourEdge {
  /// `public.orders`
  std::string from, to;
  /// `user_id -> id`
  std::string columns;
  EdgeState state = EdgeState::agreed;
  /// Fingerprints.
  std::vector<std::string> findings;
  bool operator==(const NeighbourEdge&) const = default;
};

/// A table that has findings on its foreign keys, with all tables one foreign key away.
struct Neighbourhood {
  /// `public.orders`
  std::string table;
  /// Those with findings first.
  std::vector<NeighbourEdge> edges;
  /// Tables that only documents tell of.
  std::vector<std::string> absent;
  bool operator==(const Neighbourhood&) const = default;
};

/// What one source tells of a table.
struct TableSide {
  Role role = Role::documented;
  std::size_t columns = 0, constraints = 0, indexes = 0;
  Origin origin;
  bool operator==(const TableSide&) const = default;
};

/// A table or view that a source tells of.
struct TableReport {
  /// As built where it is, else as documented.
  std::string schema, name;
  std::vector<TableSide> sides;
  bool operator==(const TableReport&) const = default;
};

struct Report {
  std::string tool_version;
  ConfigFacts config;
  /// Of the folder that paths are relative to, below the repository's: `services/shop`; empty where
  /// it is the repository's own. For formats whose readers know the repository alone.
  std::string below_repository;
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

  // For pages. Programs find the same in the sources and in `findings`.
  std::vector<TableReport> tables;
  std::vector<Neighbourhood> neighbourhoods;
  std::vector<AnnotatedDocument> annotated;
  /// By the fingerprint of the finding.
  std::map<std::string, Excerpt> excerpts;
};

}  // namespace schemaudit
