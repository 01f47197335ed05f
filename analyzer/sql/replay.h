// Runs SQL files on a catalog without a server: what PostgreSQL would hold after them.
//
//   Replay replay;
//   replay.run({read("001.sql"), "migrations/001.sql"});
//   replay.run({read("002.sql"), "migrations/002.sql"});
//   SourceResult result = replay.finish();
//   // result.schema, with file and line of every element; result.problems; result.changes
//
// Statements take effect one by one as in psql with its default of going on after an error: one
// that PostgreSQL would refuse is a problem (`refused`) and changes nothing. Names that the
// server chooses are chosen as it does. What cannot be followed (DO blocks, dynamic SQL) is an
// `unanalysed` problem. Facts are those of PostgreSQL 15 to 18 (src/backend/commands); where the
// versions differ the grammar's own version counts.
#pragma once

#include <memory>

#include "analyzer/model/source.h"
#include "analyzer/sql/text.h"

namespace schemaudit {

class Replay {
 public:
  Replay();
  ~Replay();
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  /// Runs all statements of a text after those before it, in the same session. Never throws on
  /// any input.
  void run(const SqlText& text);

  /// The transaction that a tool puts around what is run next, up to end_step(): a BEGIN in it only
  /// warns, a ROLLBACK undoes all of it.
  void begin_step();
  /// Commits what is open, or as the end of a session undoes it. A transaction that the text has
  /// begun and not ended is a problem, for it is not everywhere the same that becomes of it.
  void end_step(bool commits);

  /// What is there now, within an open transaction what that sees. `kind` and `name` of the result
  /// are for the caller to set; its schema is sorted and covers everything, as a live catalog's
  /// does.
  SourceResult current() const;

  /// The same after the session's end, which undoes a transaction that nothing has committed. The
  /// last call but statements().
  SourceResult finish();

  /// How many statements have been run so far: the next one has this ordinal among the changes.
  std::size_t statements() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace schemaudit
