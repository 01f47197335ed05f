// Which tool a folder of migrations is for. Private to analyzer/migrations.
//
//   Recognition found = recognise(files);
//   if (found.tool) ... else complain(found.refused);
#pragma once

#include <optional>
#include <string>

#include "analyzer/migrations/migration_files.h"
#include "analyzer/model/migration_chain.h"

namespace schemaudit {

struct Recognition {
  std::optional<MigrationTool> tool;
  /// Why there is none: a tool that is not supported yet, two that both fit, or nothing that
  /// looks like migrations.
  std::string refused;
};

Recognition recognise(const MigrationFiles& files);

}  // namespace schemaudit
