// Indexes: CREATE INDEX, those of constraints, and their parts on partitions. Private to
// analyzer/sql.
//
//   ALTER TABLE users ADD UNIQUE (email);
//   IndexPlan plan = plan_for_constraint(run, users, constraint, {});
//   make_index(run, std::move(plan));   // users_email_key, and the constraint of that name
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analyzer/sql/replay/chosen_names.h"
#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

/// An index to be made.
struct IndexPlan {
  IndexDetail index;
  /// Empty: the server chooses one.
  std::string name;
  /// For the choice: of every key and included column, empty for an unnamed expression.
  std::vector<std::string> column_names;
  IndexUse use = IndexUse::plain;
  /// What its expressions, predicate and operator classes need besides the table's columns.
  std::vector<Need> needs;
  bool deferrable = false;
  bool initially_deferred = false;
  /// Of an exclusion constraint, and of a key WITHOUT OVERLAPS.
  std::vector<std::string> operators;
  bool has_period = false;
  /// False with ONLY: the partitions get none, and it is invalid until they have.
  bool recurse = true;
  bool concurrently = false;
  Origin origin;
};

void require_no_primary_key(const Run& run, ObjectId table, int location = 0);

/// Makes it, its constraint where it has one, and its parts on partitions.
ObjectId make_index(Run& run, IndexPlan plan);

/// The plan of another table's index on this one, by column names; for partitions and LIKE.
IndexPlan plan_like(const Run& run, ObjectId index, ObjectId table);

/// PRIMARY KEY, UNIQUE and EXCLUDE.
IndexPlan plan_for_constraint(Run& run, ObjectId table, const PgQuery__Constraint& constraint,
                              const std::string& column);

/// A constraint as a statement has it: of the table, or of `column`.
struct ConstraintClause {
  PgQuery__Constraint* constraint = nullptr;
  std::string column;
};
/// Makes the keys of one definition: the primary key first, and none that says what another one
/// says (transformIndexConstraints()).
void make_keys(Run& run, ObjectId table, std::vector<ConstraintClause> keys, bool recurse);

/// Gives a partition an index for each of its parent's: one that fits and stands alone becomes
/// the part, else one is made.
void index_partition(Run& run, ObjectId parent, ObjectId partition);
/// Its indexes and keys stand alone again.
void detach_indexes(Run& run, ObjectId partition);

/// What indexes on a column are with its new type; refuses where they cannot be.
void remake_indexes(Run& run, ObjectId table, int column);
/// ALTER COLUMN TYPE makes the indexes on these columns again from their text: those of partitions
/// get the names that the server chooses for them today.
void renew_index_names(Run& run, const std::vector<std::pair<ObjectId, int>>& columns);

void create_index(Run& run, const PgQuery__IndexStmt& create);

}  // namespace schemaudit::replay
