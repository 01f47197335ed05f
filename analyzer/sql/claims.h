// Reads SQL as claims: what its statements state about a schema, in whatever order they stand
// and whether or not PostgreSQL would run them as written. Documents are read this way; files
// that are to be run are replayed instead.
//
//   ClaimReader reader;
//   SqlReading reading = reader.read(fence, {});
//   // reader.schema() holds the tables stated so far; reading.problems what could not be read
//
// A statement the grammar refuses costs that statement only; its table is still read from its
// tokens where that is possible (a reserved word as a column name), and nothing that follows
// from it is reported again.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analyzer/model/schema.h"
#include "analyzer/model/source.h"
#include "analyzer/sql/normal_form.h"
#include "analyzer/sql/text.h"

namespace schemaudit {

/// What a piece of SQL is for, as the text around it says.
enum class SqlPurpose {
  /// States the schema.
  schema,
  /// Undoes it: its statements claim nothing.
  rollback,
  /// Looks at it: validation and verification queries.
  check,
  /// Shows how it is used, or how things are done in general: its statements claim nothing.
  example,
};

struct SqlReadOptions {
  SqlPurpose purpose = SqlPurpose::schema;
  /// The table that a heading names, for fragments (`UNIQUE (a, b)`) that name none.
  std::optional<QualifiedName> subject;
  /// Resolves a name in a comment above a fragment (`-- Match Scores: range`) to a table;
  /// unset when no table fits.
  std::function<std::optional<QualifiedName>(std::string_view)> find_table;
  /// The heading path: DocumentedQuery::key, until the document numbers its queries.
  std::string key_prefix;
};

enum class PieceKind {
  /// CREATE, ALTER, COMMENT and the like.
  definition,
  /// SELECT, WITH ... SELECT, VALUES, TABLE.
  query,
  /// INSERT, UPDATE, DELETE, MERGE.
  change_of_rows,
  /// DO blocks, and calls that may change the schema.
  unanalysed,
  /// DROP of any kind.
  removal,
  /// BEGIN, SET, ANALYZE, EXPLAIN, VACUUM, GRANT ...: no claim is taken.
  other,
  /// A psql command (`\d+ users`).
  psql,
  /// A shell line (`PGPASSWORD=... psql -h ...`).
  shell,
  /// A part of a statement (`CONSTRAINT x CHECK (...)`, `enabled BOOLEAN`).
  fragment,
  /// What the grammar refuses.
  invalid,
};

/// One statement, command or fragment of the text, in order.
struct SqlPiece {
  PieceKind kind = PieceKind::other;
  Origin origin;
  /// As written, without the semicolon, comments kept.
  std::string text;
  /// The relations it makes claims about.
  std::vector<QualifiedName> tables;
};

struct SqlReading {
  std::vector<SqlPiece> pieces;
  std::vector<Problem> problems;
  /// Single SELECTs, for a server to prepare.
  std::vector<DocumentedQuery> queries;
  /// One entry for each relation that a statement here creates.
  std::vector<TableReading> tables;
};

class ClaimReader {
 public:
  /// Adds what `text` states to schema(). Never throws on any input; unread parts are problems.
  SqlReading read(const SqlText& text, const SqlReadOptions& options);

  Schema& schema() { return schema_; }
  const Schema& schema() const { return schema_; }

  /// References whose object no statement so far has made, and which a later one may make:
  /// turns them into unknown_reference problems, those that follow naming their place, and
  /// forgets those that never came. Call it once, after the last text.
  std::vector<Problem> settle_references();

 private:
  friend class ClaimStatements;

  struct PendingReference {
    QualifiedName target;
    /// `table`, `extension`.
    std::string kind;
    Origin origin;
    /// What refers to it: `foreign key of cover_letters`.
    std::string from;
  };

  Schema schema_;
  std::vector<PendingReference> pending_;
  /// Where each named index, relation and extension was first stated: `index users_email`.
  std::map<std::string, Origin> stated_at_;
};

/// `FOREIGN KEY (a) REFERENCES t(id) ON DELETE CASCADE`, `CHECK (...)`, `UNIQUE (a, b)`,
/// `PRIMARY KEY (id)`, `EXCLUDE USING ...`, each with or without `CONSTRAINT name`.
using ConstraintClaim =
    std::variant<KeyConstraint, ForeignKey, CheckConstraint, ExclusionConstraint>;

struct ParsedConstraint {
  ConstraintClaim constraint;
  /// For a KeyConstraint: which of the two it is.
  bool primary_key = false;
};

/// Unset where `text` is no table constraint.
std::optional<ParsedConstraint> parse_constraint(std::string_view text,
                                                 const ColumnTypes& types = {});

struct ParsedIndex {
  QualifiedName table;
  Index index;
};

/// A CREATE INDEX statement; unset where `text` is none.
std::optional<ParsedIndex> parse_index(std::string_view text, const ColumnTypes& types = {});

struct ParsedTrigger {
  QualifiedName table;
  Trigger trigger;
};

/// A CREATE TRIGGER statement, also as pg_get_triggerdef() gives it.
std::optional<ParsedTrigger> parse_trigger(std::string_view text, const ColumnTypes& types = {});

/// `FOR VALUES FROM (...) TO (...)`, IN, WITH or DEFAULT; undecided where it is none.
Expression normalise_partition_bound(std::string_view text);
/// `RANGE (created_at)`, as pg_get_partkeydef() gives it; undecided where it is none.
Expression normalise_partition_key(std::string_view text, const ColumnTypes& types = {});

struct ParsedColumn {
  Column column;
  bool primary_key = false;
  bool unique = false;
  /// Set where `primary_key` and `unique` are: with the names they were given, if any.
  std::optional<KeyConstraint> primary_key_constraint;
  std::optional<KeyConstraint> unique_constraint;
  std::optional<ForeignKey> foreign_key;
  std::vector<CheckConstraint> checks;
};

/// A column definition as in CREATE TABLE (`id uuid PRIMARY KEY DEFAULT gen_random_uuid()`).
/// `serial` types are resolved: integer, not null, with the default of their sequence left
/// known to exist but undecided.
std::optional<ParsedColumn> parse_column(std::string_view text, std::string_view table = {});

/// The grammar this program was built with, e.g. 150001 -> PostgreSQL 15.
int grammar_version();

}  // namespace schemaudit
