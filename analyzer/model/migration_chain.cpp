#include "analyzer/model/migration_chain.h"

namespace schemaudit {

std::string_view to_string(MigrationTool tool) {
  switch (tool) {
    case MigrationTool::alembic:
      return "alembic";
    case MigrationTool::prisma:
      return "prisma";
    case MigrationTool::plain:
      return "plain SQL";
    case MigrationTool::supabase:
      return "supabase";
    case MigrationTool::golang_migrate:
      return "golang-migrate";
    case MigrationTool::dbmate:
      return "dbmate";
    case MigrationTool::goose:
      return "goose";
    case MigrationTool::flyway:
      return "flyway";
    case MigrationTool::markdown_plan:
      return "markdown plan";
  }
  return "";
}

}  // namespace schemaudit
