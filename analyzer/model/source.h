// What one source gave: its Schema, what was read of it, and what could not be.
//
//   SourceResult docs = read_documents(...);
//   for (const Problem& problem : docs.problems) ...
//   docs.schema.relations ...
//
// A reader never stops at the first fault: it returns what it could read, and a Problem for
// each thing it could not.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/change.h"
#include "analyzer/model/expectation.h"
#include "analyzer/model/finding.h"
#include "analyzer/model/migration_chain.h"
#include "analyzer/model/schema.h"
#include "analyzer/model/waiver.h"

namespace schemaudit {

enum class ProblemKind {
  /// SQL that the grammar refuses.
  invalid_sql,
  /// SQL newer than the grammar this program was built with.
  newer_syntax,
  /// Looks like schema, could not be read.
  unread_schema,
  /// Text decoded wrongly somewhere on its way into the document.
  garbled_text,
  /// A password in clear text. The message and the excerpt never hold it.
  credential,
  /// Names an object before, or without, the statement that makes it.
  unknown_reference,
  /// One document, or two, say different things of one object, or make it twice.
  contradiction,
  /// `12 tables`, and there are 11.
  stated_count,
  /// A documented name that fits several objects: asked, not guessed.
  ambiguous_name,
  /// A statement that may change the schema in ways that could not be followed.
  unanalysed,
  /// A statement that PostgreSQL would refuse in the state the ones before it leave.
  refused,
  /// The source or a part of it could not be opened, decoded or read whole: the evidence is
  /// incomplete.
  unreadable,
  /// A model that its own library would refuse to load.
  would_not_load,
};

struct Problem {
  ProblemKind kind = ProblemKind::unread_schema;
  Origin origin;
  /// What happened, where, and what to do; without secrets.
  std::string message;
  ObjectRef object;
  /// See Finding::key.
  std::string key;
  /// The place that proves it, e.g. where the index was stated first.
  std::optional<Origin> related;
  /// The line as written, redacted; may be empty.
  std::string excerpt;
  bool operator==(const Problem&) const = default;
};

enum class DocumentState { current, planned, retired, not_schema };

std::string_view to_string(DocumentState state);

/// How one table is told by one document: a row of "what was read".
struct TableReading {
  QualifiedName table;
  Origin origin;
  /// `sql`, `column table`, `list`, `psql`, `tbls`, `mermaid`, `prose`.
  std::string form;
  std::size_t columns = 0;
  std::size_t constraints = 0;
  std::size_t indexes = 0;
  /// Whether it claims all columns of the table.
  bool complete = false;
  bool operator==(const TableReading&) const = default;
};

/// A query that a document holds, kept for those who can prepare it on a server.
struct DocumentedQuery {
  std::string sql;
  Origin origin;
  /// Headings from the top, joined by ` > `, with an ordinal: names the query in fingerprints.
  std::string key;
  /// What the document says that it gives; none where it says nothing. Not part of a snapshot.
  std::vector<Expectation> expectations = {};
  /// It stands behind EXPLAIN, and what is said of it is said of its plan.
  bool explained = false;
  bool operator==(const DocumentedQuery&) const = default;
};

struct DocumentReading {
  std::string uri;
  DocumentState state = DocumentState::current;
  /// What the document calls itself where that suggests another state (`Draft`, `Designed, Not
  /// Implemented`, an audit report), with the state to propose.
  std::optional<std::string> self_description;
  std::optional<DocumentState> proposed_state;
  Origin self_description_origin;
  std::vector<TableReading> tables;
  std::vector<DocumentedQuery> queries;
  /// Statements that are no query, and of which it says what they give. Not part of a snapshot.
  std::vector<DocumentedQuery> other_statements = {};
  bool operator==(const DocumentReading&) const = default;
};

/// An object or schema left out on purpose (extension members, platform schemas, bookkeeping
/// tables of migration tools): listed, so that nobody takes silence for cleanness.
struct LeftOut {
  std::string what;
  std::string why;
  std::size_t count = 1;
  bool operator==(const LeftOut&) const = default;
};

/// What a role could not see of a live database through information_schema.
struct HiddenFact {
  /// The view: `table_constraints`.
  std::string view;
  std::size_t expected = 0;
  std::size_t shown = 0;
  /// The relations concerned.
  std::vector<std::string> relations;
  /// False where no other catalog could show it either: then the evidence is incomplete.
  bool known_otherwise = true;
  bool operator==(const HiddenFact&) const = default;
};

struct Visibility {
  bool complete = true;
  std::vector<HiddenFact> hidden;
  bool operator==(const Visibility&) const = default;
};

/// Facts of a live server, for the report's provenance.
struct ServerFacts {
  std::string version;
  int version_number = 0;
  std::string database;
  std::string role;
  std::string encoding;
  bool operator==(const ServerFacts&) const = default;
};

/// What became of the statements of a SQL source.
struct StatementCounts {
  std::size_t total = 0;
  /// Changed the schema, and were followed.
  std::size_t replayed = 0;
  /// Change no schema: SELECT, INSERT, VACUUM.
  std::size_t without_effect = 0;
  std::size_t unanalysed = 0;
  /// Refused by the catalog's state, or by the grammar.
  std::size_t refused = 0;
  std::size_t invalid = 0;
  bool operator==(const StatementCounts&) const = default;
};

/// A file that a source was read from.
struct InputFile {
  /// As the user would type it.
  std::string uri;
  /// SHA-256 of its bytes, hexadecimal.
  std::string digest;
  bool operator==(const InputFile&) const = default;
};

struct SourceResult {
  Role role = Role::documented;
  /// `docs`, `sql`, `migrations`, `models`, `command`, `snapshot`, `db`.
  std::string kind;
  /// As the user named it, without secrets.
  std::string name;
  /// SHA-256 of what was read, hexadecimal.
  std::string digest;
  /// What it was read from, in order; not part of a snapshot.
  std::vector<InputFile> files;
  Schema schema;
  std::vector<Problem> problems;
  std::vector<DocumentReading> documents;
  Visibility visibility;
  std::vector<LeftOut> left_out;
  std::optional<ServerFacts> server;
  /// Of SQL sources: what their statements do, in order. Not part of a snapshot.
  std::vector<Change> changes;
  StatementCounts statements;
  /// Of a live database: what the tables of migration tools tell, one for each that is there.
  std::vector<AppliedMigrations> applied;
  /// Of a folder of migrations.
  std::optional<MigrationChain> chain;
  /// Given by comments of its files.
  std::vector<InlineWaiver> waivers;

  bool operator==(const SourceResult&) const = default;
};

}  // namespace schemaudit
