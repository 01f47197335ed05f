// All that keeps rows of a table apart: its primary key, unique constraints and unique indexes.
//
//   for (const UniqueKey& key : unique_keys(relation))
//     if (key.identifies_rows(relation)) ...
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit {

struct UniqueKey {
  std::string name;
  /// In order; empty where a key is an expression.
  std::vector<std::string> columns;
  bool has_expressions = false;
  bool is_primary = false;
  /// A constraint, or an index that was made unique.
  bool is_constraint = false;
  bool deferrable = false;
  bool nulls_not_distinct = false;
  /// Known to be complete and usable; an invalid index keeps nothing apart.
  bool valid = true;
  /// Unset where it holds for all rows, or where that is not known.
  const Expression* predicate = nullptr;
  Origin origin;

  /// Whether it tells any two rows apart: valid, for all rows, over plain columns of which none
  /// may be NULL (or NULLs are not distinct).
  bool identifies_rows(const Relation& relation) const;
};

/// An index that carries out a constraint is told as the constraint.
std::vector<UniqueKey> unique_keys(const Relation& relation);

}  // namespace schemaudit
