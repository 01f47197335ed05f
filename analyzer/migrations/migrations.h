// Reads a folder of migrations: which tool it is for, its steps in the tool's order, and the two
// directions of each as SQL.
//
//   MigrationReading reading = read_migrations(files);
//   if (!reading.refused.empty()) ...            which tool it seems to be for, and why not read
//   for (const Migration& step : reading.migrations) replay(step.up);
//
// The tool is recognised by what only it has, never guessed: a folder that fits none, or two, is
// refused with the reason. What is known of each tool's files stands in docs/migrations.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/migrations/migration_files.h"
#include "analyzer/model/migration_chain.h"
#include "analyzer/model/source.h"
#include "analyzer/sql/text.h"

namespace schemaudit {

class Replay;

/// A step with its SQL. Every text keeps the lines of its file: what belongs to the other
/// direction is blank.
struct Migration {
  /// `first_statement` and `end_statement` are not set.
  MigrationStep step;
  std::vector<SqlText> up;
  std::vector<SqlText> down;
};

struct MigrationReading {
  MigrationTool tool = MigrationTool::plain;
  /// In the order in which they run.
  std::vector<Migration> migrations;
  /// Back from all steps at once, where they have no ways back of their own (a plan's rollback).
  std::vector<SqlText> way_back;
  std::optional<MigrationScript> way_back_script;
  std::vector<std::string> heads;
  std::vector<ChainFault> faults;
  /// What could not be followed without running it.
  std::vector<Problem> problems;
  /// Why nothing was read; empty where something was.
  std::string refused;
};

MigrationReading read_migrations(const MigrationFiles& files);

/// Whether `files.revisions` has to be filled in before: the folder holds Alembic revisions.
bool needs_alembic_reader(const MigrationFiles& files);

/// Runs the way up on the replay, in the transaction that the tool gives it.
void replay_step(Replay& replay, MigrationTool tool, const Migration& migration);

/// Runs the ways up on the built-in replay: a source of the role `declared` with its chain.
SourceResult replay_migrations(const MigrationReading& reading, const std::string& folder);

}  // namespace schemaudit
