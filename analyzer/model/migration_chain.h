// A folder of migrations as its tool sees it: the steps in the order in which they run, what is
// known of the way back, and what is wrong with the chain itself.
//
//   for (const MigrationStep& step : chain.steps)
//     if (!step.down) ...   there is no way back from step.version
//
// Plain values; the SQL of the steps has become a Schema and Changes by now.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/origin.h"

namespace schemaudit {

enum class MigrationTool {
  alembic,
  prisma,
  plain,
  supabase,
  golang_migrate,
  dbmate,
  goose,
  flyway,
  markdown_plan,
};

/// `alembic`, `golang-migrate`, `markdown plan`.
std::string_view to_string(MigrationTool tool);

/// One direction of a step.
struct MigrationScript {
  /// Where it begins.
  Origin origin;
  /// No statement in it.
  bool empty = false;
  /// Whether the tool runs it in one transaction.
  bool in_transaction = true;
  bool operator==(const MigrationScript&) const = default;
};

struct MigrationStep {
  /// As the tool orders or links them: `20240101120000`, `1.2`, `3f2a9c`.
  std::string version;
  std::string name;
  /// The versions that have to run before it, where the tool links steps (Alembic).
  std::vector<std::string> parents;
  MigrationScript up;
  /// Unset where nothing leads back.
  std::optional<MigrationScript> down;
  /// Run again whenever its text changes (Flyway's R__).
  bool repeatable = false;
  /// SHA-256 of the file that holds `up`.
  std::string digest;
  /// As the tool itself keeps it of an applied step; empty where it keeps none.
  std::string checksum;
  /// Whether every database that matters has had it, as the live one's own table or the config
  /// tells; unset where nobody does.
  std::optional<bool> applied;
  /// Its statements among SourceResult::changes: Change::statement from `first` on, before `end`.
  std::size_t first_statement = 0;
  std::size_t end_statement = 0;
  bool operator==(const MigrationStep&) const = default;
};

enum class ChainFaultKind {
  /// Steps are numbered one by one, and one is missing.
  gap,
  duplicate_version,
  several_heads,
  cycle,
  /// A step names a parent that is not there.
  missing_parent,
  /// A down file whose up file is not there.
  missing_up,
  /// A file or directive that the tool would not understand, or skips without a word.
  not_understood,
};

struct ChainFault {
  ChainFaultKind kind = ChainFaultKind::gap;
  std::string version;
  /// What is wrong, where, and what to do.
  std::string message;
  Origin origin;
  /// The other places that prove it.
  std::vector<Origin> related;
  bool operator==(const ChainFault&) const = default;
};

/// Whether a tool takes them for the same: `0001` and `1`.
bool is_same_version(std::string_view a, std::string_view b);

/// One row of the tool's own table in a live database.
struct AppliedMigration {
  std::string version;
  /// Flyway's and Prisma's checksum; empty where the tool keeps none.
  std::string checksum;
  bool succeeded = true;
  bool operator==(const AppliedMigration&) const = default;
};

/// What the tool's own table in a live database tells.
struct AppliedMigrations {
  MigrationTool tool = MigrationTool::plain;
  /// `public.alembic_version`.
  std::string table;
  /// By version; where `only_last` is set, the last one of each branch alone, which stands for all
  /// that lead to it.
  std::vector<AppliedMigration> migrations;
  bool only_last = false;
  /// Why the table could not be read; empty where it was.
  std::string error;
  bool operator==(const AppliedMigrations&) const = default;
};

struct MigrationChain {
  MigrationTool tool = MigrationTool::plain;
  /// As it is shown.
  std::string folder;
  /// In the order in which they run.
  std::vector<MigrationStep> steps;
  /// Back from all steps at once, where they have no ways back of their own.
  std::optional<MigrationScript> way_back;
  /// Versions that no step follows: one, where all is well.
  std::vector<std::string> heads;
  std::vector<ChainFault> faults;
  bool operator==(const MigrationChain&) const = default;
};

}  // namespace schemaudit
