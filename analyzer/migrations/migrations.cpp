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
    case MigrationTool::plain:
    case MigrationTool::supabase:
      return read_plain(files, *found.tool);
    default: {
      MigrationReading refused;
      refused.tool = *found.tool;
      refused.refused = files.folder + " holds migrations of " +
                        std::string(to_string(*found.tool)) + ", which are not read yet";
      return refused;
    }
  }
}

}  // namespace schemaudit
