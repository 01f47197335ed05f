// DROP with CASCADE and RESTRICT: what goes with an object, and what forbids it (PostgreSQL 15,
// src/backend/catalog/dependency.c). Private to analyzer/sql.
//
//   drop_objects(run, {{users, 0}}, false);       // DROP TABLE: refused where a view reads users
//   drop_objects(run, {{users, column}}, true);   // DROP COLUMN ... CASCADE: the view goes, too
#pragma once

#include <vector>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// An object, or one column of it.
struct DropTarget {
  ObjectId object = kNoObject;
  int column = 0;
  bool operator==(const DropTarget&) const = default;
};

/// Drops them with all that is a part of them; what else needs them refuses it, or with
/// `cascade` goes too. Notes a change for each.
void drop_objects(Run& run, const std::vector<DropTarget>& targets, bool cascade);

void drop_statement(Run& run, const PgQuery__DropStmt& drop);

}  // namespace schemaudit::replay
