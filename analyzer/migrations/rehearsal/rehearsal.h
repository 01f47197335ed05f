// Runs migrations up, back and up again on throw-away databases, with rows in the tables, and tells
// what the way back does not restore.
//
//   Rehearsal rehearsal = rehearse(plan, scratch, progress);
//   for (const RehearsalFault& fault : rehearsal.faults) print(fault.origin, fault.message);
//
// Two databases go up side by side: one with no more rows than the state before has, which tells
// what the steps make, and one with rows in every table, which tells what they do to rows. After
// every step its way back is tried on a copy of the second, and on one of the first where rows
// break it; the catalog and the rows are compared with what was there before, and the step runs
// once more.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/migrations/migrations.h"
#include "analyzer/model/config.h"
#include "analyzer/model/finding.h"
#include "analyzer/postgres/scratch_database.h"
#include "analyzer/postgres/statement_run.h"

namespace schemaudit {

struct RehearsalPlan {
  MigrationReading migrations;
  /// SQL of the state before the first step; may be empty.
  std::vector<SqlText> before;
  /// Steps up to this version are history: they run, and are not tried. Empty: all are tried.
  std::string from;
  /// The user's own rows, put into the state before.
  std::vector<SqlText> rows;
  bool generate_rows = true;
  std::vector<IsolationPolicy> isolation;
};

enum class FaultKind {
  /// A statement of a way up is refused, whatever the tables hold: nothing after it is tried.
  step_failed,
  /// Refused because of rows, and taken without them.
  step_failed_on_rows,
  /// A statement of a way back is refused, whatever the tables hold.
  way_back_failed,
  /// Refused because of rows that were there before the step, or that it made of them.
  way_back_failed_on_rows,
  /// Refused because of rows such as may be written after the step.
  way_back_failed_on_new_rows,
  /// There is none.
  no_way_back,
  /// Once back, the step cannot be taken a second time, or makes something else.
  not_repeatable,
  /// Of the catalog after the way back, against what was there before.
  object_left,
  object_lost,
  object_altered,
  /// Of a table that neither direction speaks of.
  untouched_rows_altered,
  /// Of a table that they do speak of.
  rows_not_restored,
  /// The rollback of an isolation policy does more than drop its own tables, or only works in one
  /// order.
  beyond_own_tables,
  order_matters,
  /// The server made something else of the ways up than the replay.
  differs_from_replay,
};

/// `step_failed`, as JSON has it.
std::string_view to_string(FaultKind kind);

struct RehearsalFault {
  FaultKind kind = FaultKind::step_failed;
  /// The versions after which it was seen; one, unless one way back leads from all steps.
  std::vector<std::string> steps;
  Origin origin;
  ObjectRef object;
  /// What happened, and to what.
  std::string message;
  /// The row to blame: `id = 3, role = consultant`.
  std::string row;
  /// Hazards are told and do not fail the rehearsal.
  bool gates = true;
};

struct RehearsedScript {
  bool run = false;
  bool accepted = false;
  double seconds = 0;
  /// Of the statements that lock or rewrite tables which were there before.
  std::vector<StatementRun> statements;
};

struct RehearsedStep {
  std::string version, name;
  Origin origin;
  RehearsedScript up, down, again;
  /// The catalog after the way back is the one before the step.
  std::optional<bool> restored;
};

/// A step that does not go up on rows in tables which earlier steps have made.
struct StepOnEmptyTables {
  std::string version;
  /// They held none where its way back was tried.
  std::vector<QualifiedName> tables;
  /// The server's word.
  std::string reason;
};

struct Rehearsal {
  std::vector<RehearsedStep> steps;
  /// How many steps ran as history, without being tried.
  std::size_t history = 0;
  std::vector<RehearsalFault> faults;
  /// How many rows were generated in all.
  std::size_t generated_rows = 0;
  /// Tables for which no row could be made: what happens to their rows is not known.
  std::vector<std::pair<QualifiedName, std::string>> tables_without_rows;
  /// It may be meant to fill them: nothing is proved of their rows, and nothing held against it.
  std::vector<StepOnEmptyTables> steps_on_empty_tables;
  /// All steps back one after the other, from the last to the first, and up again.
  std::optional<bool> whole_chain_restored;
  /// Orders in which the drops of an isolation policy's rollback were run.
  std::size_t drop_orders = 0;
  std::string server_version;
  std::vector<std::string> incomplete_because;
  /// Why nothing could be rehearsed, or not to the end; empty where all was.
  std::string error;
  /// It is that RehearsalPlan::from names no step.
  bool unknown_version = false;

  bool failed() const;
  /// Each reason is told once.
  void incomplete(const std::string& why);
};

/// `progress` is told what is going on, one line each time.
Rehearsal rehearse(const RehearsalPlan& plan, ScratchDatabases& scratch,
                   const std::function<void(const std::string&)>& progress);

}  // namespace schemaudit
