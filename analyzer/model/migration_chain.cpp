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

bool is_same_version(std::string_view a, std::string_view b) {
  auto significant = [](std::string_view version) {
    const bool number = version.find_first_not_of("0123456789") == std::string_view::npos;
    while (number && version.size() > 1 && version.front() == '0') version.remove_prefix(1);
    return version;
  };
  return significant(a) == significant(b);
}

}  // namespace schemaudit
