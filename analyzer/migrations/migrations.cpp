#include "analyzer/migrations/migrations.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "analyzer/migrations/readers.h"
#include "analyzer/migrations/recognise.h"
#include "analyzer/model/names.h"
#include "analyzer/sql/replay.h"

namespace schemaudit {

namespace {

/// Whether it matters to the text that a transaction is open. To remember the whole of a large step
/// in case that it is undone costs memory.
bool speaks_of_transactions(const std::vector<SqlText>& texts) {
  static constexpr std::array<std::string_view, 6> kWords = {"begin", "transaction", "rollback",
                                                             "abort", "savepoint",   "local"};
  return std::any_of(texts.begin(), texts.end(), [](const SqlText& text) {
    const std::string folded = fold_case(text.text);
    return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
      return folded.find(word) != std::string::npos;
    });
  });
}

}  // namespace

MigrationReading read_migrations(const MigrationFiles& files) {
  Recognition found = recognise(files);
  if (!found.tool) {
    MigrationReading refused;
    refused.refused = std::move(found.refused);
    return refused;
  }
  switch (*found.tool) {
    case MigrationTool::golang_migrate:
      return read_golang_migrate(files);
    case MigrationTool::goose:
      return read_goose(files);
    case MigrationTool::dbmate:
      return read_dbmate(files);
    case MigrationTool::flyway:
      return read_flyway(files);
    case MigrationTool::prisma:
      return read_prisma(files);
    case MigrationTool::alembic:
      return read_alembic(files);
    case MigrationTool::markdown_plan:
      return read_markdown_plan(files);
    case MigrationTool::plain:
    case MigrationTool::supabase:
      break;
  }
  return read_plain(files, *found.tool);
}

bool needs_alembic_reader(const MigrationFiles& files) {
  return recognise(files).tool == MigrationTool::alembic;
}

void replay_step(Replay& replay, MigrationTool tool, const Migration& migration) {
  const bool in_transaction = migration.step.up.in_transaction;
  if (in_transaction && speaks_of_transactions(migration.up)) replay.begin_step();
  for (const SqlText& text : migration.up) replay.run(text);
  // A plan is typed into one session from its first heading to its last.
  if (tool != MigrationTool::markdown_plan) replay.end_step(in_transaction);
}

SourceResult replay_migrations(const MigrationReading& reading, const std::string& folder) {
  Replay replay;
  MigrationChain chain;
  chain.tool = reading.tool;
  chain.folder = folder;
  chain.heads = reading.heads;
  chain.faults = reading.faults;
  chain.way_back = reading.way_back_script;
  for (const Migration& migration : reading.migrations) {
    MigrationStep step = migration.step;
    step.first_statement = replay.statements();
    replay_step(replay, reading.tool, migration);
    step.end_statement = replay.statements();
    chain.steps.push_back(std::move(step));
  }
  SourceResult source = replay.finish();
  source.role = Role::declared;
  source.kind = "migrations";
  source.name = folder;
  source.chain = std::move(chain);
  source.problems.insert(source.problems.end(), reading.problems.begin(), reading.problems.end());
  return source;
}

}  // namespace schemaudit
