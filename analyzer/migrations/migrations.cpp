#include "analyzer/migrations/migrations.h"

#include <utility>

#include "analyzer/migrations/readers.h"
#include "analyzer/migrations/recognise.h"
#include "analyzer/sql/replay.h"

namespace schemaudit {

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
    for (const SqlText& text : migration.up) replay.run(text);
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
