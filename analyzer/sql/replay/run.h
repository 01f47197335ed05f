// What the replay of one statement works with: the session's state, the statement, and where its
// effects go. Private to analyzer/sql.
//
//   void create_domain(Run& run, const PgQuery__CreateDomainStmt& create) {
//     ObjectId schema = creation_schema(run, name.schema);
//     if (run.catalog.find_type(schema, name.name)) refuse(run, ...);
//     ObjectId id = run.catalog.add(std::move(domain));
//     run.changed(ChangeKind::create, id);
//   }
//
// A statement that the server would refuse ends with refuse(), wherever in it the reason is
// found; what it did so far is taken back by whoever runs statements. That is the one exception
// this folder throws, and it never leaves the folder.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analyzer/model/change.h"
#include "analyzer/model/source.h"
#include "analyzer/sql/pg_tree.h"
#include "analyzer/sql/replay/catalog.h"
#include "analyzer/sql/replay/client_encoding.h"
#include "analyzer/sql/table_elements.h"

namespace schemaudit::replay {

/// Default privileges of ALTER DEFAULT PRIVILEGES.
struct DefaultGrant {
  /// kNoObject: in every schema.
  ObjectId schema = kNoObject;
  /// `table`, `sequence`, `function`, `type`.
  std::string object_kind;
  Grant grant;
};

/// What a connection has besides the catalog.
struct Session {
  Catalog catalog;
  /// As set; `"$user"` and schemas that do not exist are skipped on use.
  std::vector<std::string> search_path = {"$user", "public"};
  /// The role that runs the statements; empty: not known.
  std::string role;
  ClientEncoding encoding = ClientEncoding::utf8;
  ObjectId temporary_schema = kNoObject;
  std::vector<DefaultGrant> default_grants;
  /// An extension whose parts are not known was made: a name that is not found may be its.
  bool has_unknown_objects = false;
  /// CREATE CAST was run: what type may stand for what is not known any more.
  bool has_own_casts = false;
  /// CREATE OPERATOR was run.
  bool has_own_operators = false;
  /// The setting of that name: whether bodies in SQL are looked through when a function is made.
  bool check_function_bodies = true;
  /// Objects with numbers above this were made by the source itself.
  ObjectId last_given = kNoObject;

  struct Block {
    Catalog::Mark mark = 0;
    /// Empty for the transaction itself.
    std::string savepoint;
    std::vector<std::string> search_path;
    std::string role;
    std::vector<DefaultGrant> default_grants;
    /// How many changes had been noted.
    std::size_t changes = 0;
    /// Of the transaction: where the text says BEGIN, and how many changes had been noted there.
    std::optional<Origin> begun = {};
    std::size_t changes_before_begin = 0;
  };
  /// The open transaction and its savepoints, outermost first; empty outside of any.
  std::vector<Block> blocks;
  /// Whether the text itself has begun the open transaction; else the tool that runs it has, and
  /// whether that bears CONCURRENTLY is for a rule to say.
  bool in_block() const { return !blocks.empty() && blocks.front().begun; }
  /// The statement that failed in the open transaction: up to the end of that, or of a savepoint
  /// before it, everything is refused.
  std::optional<Origin> failed_at;
  std::size_t transactions = 0;
  /// Settings of SET LOCAL, to be put back at the transaction's end.
  std::optional<std::vector<std::string>> search_path_after;
  std::optional<std::string> role_after;
};

/// Thrown by refuse().
struct Refusal {
  std::string message;
  /// Byte offset in the statement's text; 0: the statement itself.
  int location = 0;
  ObjectRef object;
  /// ProblemKind::refused, or unanalysed where it could not be followed.
  ProblemKind kind = ProblemKind::refused;
};

struct Run {
  Session& session;
  Catalog& catalog;
  const StatementText& text;
  TreeArena& arena;
  Origin origin;
  std::size_t statement = 0;
  std::vector<Change>& changes;
  std::vector<Problem>& problems;
  /// The statement alone, without its semicolon; `text` may begin before it.
  std::string_view source;

  /// Notes a change of `id`, as it is now; the result is for filling in what is special. It
  /// lasts until the next call.
  Change& changed(ChangeKind kind, ObjectId id);
  /// Of a column of a table.
  Change& column_changed(ChangeKind kind, ObjectId table, std::string_view column);

  Origin origin_at(int location) const { return text.origin(location); }
};

/// As findings name it: kind, schema, table and name.
ObjectRef object_ref(const Catalog& catalog, ObjectId id);

[[noreturn]] void refuse(std::string message, int location = 0);
/// The statement may do something that cannot be followed; nothing of it is applied.
[[noreturn]] void give_up(std::string message, int location = 0);

}  // namespace schemaudit::replay
