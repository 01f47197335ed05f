// The two databases on which a rehearsal takes its steps: one with no more rows than the state
// before has, and one with rows in every table. Private to analyzer/migrations.
//
//   RehearsalDatabases databases(plan, scratch, rehearsal);
//   if (!databases.make_plain()) return rehearsal;   rehearsal.error says why
//   FileRun up = databases.execute(databases.plain(), migration.up, migration.step.up, true);
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/migrations/rehearsal/rehearsal.h"
#include "analyzer/migrations/rehearsal/restored_catalog.h"
#include "analyzer/migrations/rehearsal/scratch_copy.h"
#include "analyzer/postgres/row_contents.h"
#include "analyzer/postgres/run_files.h"

namespace schemaudit {

class RehearsalDatabases {
 public:
  /// What cannot be done, and which rows were made, goes into `result`.
  RehearsalDatabases(const RehearsalPlan& plan, ScratchDatabases& scratch, Rehearsal& result)
      : plan_(plan), scratch_(scratch), result_(result) {}

  const ScratchDatabase& plain() const { return plain_; }
  const ScratchDatabase& with_rows() const { return with_rows_; }
  ScratchCopy copy_of(const ScratchDatabase& original);

  /// Each is false where nothing that follows can be tried.
  bool make_plain();
  /// A copy of the plain one as it is now, with the rows given and those made for `schema`.
  bool make_with_rows(const Schema& schema);
  /// The same anew, without the rows given.
  bool renew_rows(const Schema& schema);
  void drop();

  FileRun execute(const ScratchDatabase& database, const std::vector<SqlText>& texts,
                  const MigrationScript& script, bool stop_at_error);
  /// Makes rows for these tables, where the plan asks for any.
  void plant(const std::string& conninfo, const Schema& schema,
             const std::vector<QualifiedName>& tables);
  RowContents contents(const std::string& conninfo);
  CatalogState state_of(const std::string& conninfo);

  /// A server that is lost in the middle, or cannot make a copy, is not the steps' fault: what is
  /// found from here on counts for nothing.
  void lose(const std::string& why);
  /// At the end.
  void forget_what_came_of_it();

 private:
  bool stop(const std::string& error);
  bool load(const ScratchDatabase& database, const std::vector<SqlText>& texts,
            const std::string& what);
  void plant_all(const Schema& schema);

  const RehearsalPlan& plan_;
  ScratchDatabases& scratch_;
  Rehearsal& result_;
  ScratchDatabase plain_, with_rows_;
  std::optional<std::size_t> faults_before_loss_;
};

}  // namespace schemaudit
