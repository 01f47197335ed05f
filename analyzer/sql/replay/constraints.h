// Constraints: added with the names the server gives them, copied to children, validated and
// let go. Private to analyzer/sql.
//
//   ALTER TABLE orders ADD CHECK (total > 0) NOT VALID;
//   add_check(run, constraint, {.table = orders});   // orders_total_check, of its children, too
//   validate_constraint(run, orders, "orders_total_check", true);
#pragma once

#include <string>
#include <vector>

#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// Of a table, by name; kNoObject where it has none.
ObjectId find_constraint(const Catalog& catalog, ObjectId table, std::string_view name);
void require_free_constraint_name(const Run& run, ObjectId table, const std::string& name);

/// A constraint of CREATE TABLE or ALTER TABLE: of the table, or of `column`.
struct ConstraintPlacement {
  ObjectId table = kNoObject;
  std::string column;
  /// False with ONLY.
  bool recurse = true;
  /// A new table has no rows: what is NOT VALID there is valid.
  bool table_is_new = false;
};

void add_check(Run& run, const PgQuery__Constraint& constraint,
               const ConstraintPlacement& placement);
void add_foreign_key(Run& run, const PgQuery__Constraint& constraint,
                     const ConstraintPlacement& placement);

/// A CHECK that a table gets under the name of one that it inherits: where both say the same it is
/// the table's own, too (MergeWithExistingConstraint()). Refuses any other.
void merge_check(Run& run, ObjectId known, const ConstraintDetail& own, bool at_creation,
                 int location = 0);

/// Copies a CHECK to a child, or counts the child's own of the same name and meaning as
/// inherited.
void inherit_check(Run& run, ObjectId check, ObjectId child);

/// Gives a partition its parent's foreign keys, and those that point at the parent their parts.
void clone_foreign_keys(Run& run, ObjectId parent, ObjectId partition);

/// A partition's part stands alone from now on.
void detach_constraint(Run& run, ObjectId constraint);

/// NOT NULL, on children too.
void set_not_null(Run& run, ObjectId table, int column, bool recurse);

void drop_constraint(Run& run, ObjectId table, const std::string& name, bool cascade,
                     bool missing_ok, bool recurse);
void validate_constraint(Run& run, ObjectId table, const std::string& name, bool recurse);

/// Whether a valid CHECK of the table says that the column is not null, alone or AND something:
/// SET NOT NULL looks at no row then.
bool check_proves_not_null(const Run& run, ObjectId table, const std::string& column);

/// Whether a foreign key of one type may refer to a key of the other.
bool comparable_as_key(const Catalog& catalog, const TypeRef& from, const TypeRef& to);

}  // namespace schemaudit::replay
