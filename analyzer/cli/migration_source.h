// A folder of migrations as a source: read, recognised, and run in the tool's order.
//
//   OpenedSource declared = open_migrations("db/migrations", folder);
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analyzer/cli/sources.h"
#include "analyzer/migrations/migrations.h"

namespace schemaudit {

/// A folder of migrations, or a markdown plan, as its steps.
struct MigrationFolder {
  MigrationReading reading;
  /// As it is shown.
  std::string name;
  /// SHA-256 over the files' names and contents.
  std::string digest;
  std::vector<InputFile> files;
  /// What of it could not be read.
  std::vector<Problem> unread;
  /// Why nothing was read; empty where something was.
  std::string error;
  bool usage_error = false;
};
MigrationFolder read_migration_folder(const std::string& path, const std::filesystem::path& base);

OpenedSource open_migrations(const std::string& path, const std::filesystem::path& base);

}  // namespace schemaudit
