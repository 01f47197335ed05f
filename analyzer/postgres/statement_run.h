// What a server did with one statement of a script: whether it took it, how long it took, which
// tables it locked, wrote anew or read whole, and the row that broke it.
//
//   for (const StatementRun& statement : run.watched)
//     if (!statement.accepted) print(statement.origin, statement.message, statement.row);
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analyzer/model/names.h"
#include "analyzer/model/origin.h"

namespace schemaudit {

struct TableLock {
  QualifiedName table;
  /// As pg_locks has it: `AccessExclusiveLock`.
  std::string mode;
  bool operator==(const TableLock&) const = default;
};

struct StatementRun {
  Origin origin;
  /// Its first word, folded: `alter`.
  std::string verb;
  bool accepted = false;
  /// Of what was refused.
  std::string sqlstate;
  std::string message;
  /// Where in the statement the server points at, in characters from 1; 0: nowhere.
  std::size_t position = 0;
  /// A row that the statement does not fit: `id = 3, role = consultant`; empty where no row is to
  /// blame, or none could be shown.
  std::string row;
  double seconds = 0;
  /// The strongest lock on each table that this statement took, reading apart.
  std::vector<TableLock> locks;
  /// What the server says at debug1: `rewriting table "users"`, `verifying table "users"`,
  /// `building index ...`.
  std::vector<std::string> work;
};

}  // namespace schemaudit
