// The changes of a folder of migrations, step by step, each with what was known when it runs: what
// existed before its step, what its transaction did before it, whether rows had been made to fit.
//
//   for (const MigrationChange& each : migration_changes(source))
//     if (each.change->kind == ChangeKind::truncate && !each.table_is_new) ...
//
// A lock or a scan hurts where others use the table: one that the same step makes has no users and
// no rows.
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/source.h"

namespace schemaudit {

struct MigrationChange {
  const MigrationStep* step = nullptr;
  const Change* change = nullptr;
  /// The step makes the table that the change is about, or leaves no row in it before the change.
  bool table_is_new = false;
  /// The step makes the column, index, constraint or table itself.
  bool object_is_new = false;
  /// The same of a foreign key's target, or of the partitioned table that a partition is put in.
  bool target_is_new = false;
  /// It runs in a transaction for certain: one of the file, or the one that the tool opens.
  bool in_transaction = false;
  /// Rows of the table were given new values earlier in the chain, or may have been, by a statement
  /// that could not be followed.
  bool rows_were_updated = false;
  /// The step has added a column to the table before, in this statement or an earlier one.
  bool follows_new_column = false;
  /// The constraint was added NOT VALID in the same transaction.
  bool added_in_same_transaction = false;
  /// A CHECK was put on the table earlier in the chain.
  bool table_has_check = false;
  /// Later in the step another object takes the object's name, or a view does.
  bool name_is_taken_again = false;
};

/// Empty where the source has no chain. Points into the source.
std::vector<MigrationChange> migration_changes(const SourceResult& source);

/// Whether the tool runs the step's statements in one transaction. Not for tools of which that
/// depends on how they are called: plain files, Flyway (which looks for such statements itself).
bool runs_in_one_transaction(const MigrationChain& chain, const MigrationStep& step);

}  // namespace schemaudit
