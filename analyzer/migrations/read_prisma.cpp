#include <algorithm>

#include "analyzer/migrations/readers.h"
#include "analyzer/migrations/versions.h"

namespace schemaudit {

/// `20240101120000_users/migration.sql`, by the names of the folders; Prisma has no way back.
MigrationReading read_prisma(const MigrationFiles& files) {
  MigrationReading reading;
  reading.tool = MigrationTool::prisma;
  for (const MigrationFile& file : files.files) {
    const std::size_t slash = file.path.rfind('/');
    if (slash == std::string::npos) {
      if (file.path.ends_with(".sql"))
        reading.faults.push_back(not_understood(
            file, 1, file.path + " stands in no folder of its own: Prisma passes over it."));
      continue;
    }
    if (file_name(file) != "migration.sql") continue;
    std::string folder = file.path.substr(0, slash);
    folder = folder.substr(folder.rfind('/') + 1);
    // The whole name is the version: Prisma orders by it and keeps it in its own table.
    reading.migrations.push_back(step_of(file, folder, numbered_name(folder).rest));
    // SHA-256 over the file as it is.
    reading.migrations.back().step.checksum = reading.migrations.back().step.digest;
  }
  std::sort(reading.migrations.begin(), reading.migrations.end(),
            [](const Migration& a, const Migration& b) { return a.step.version < b.step.version; });
  if (!reading.migrations.empty()) reading.heads = {reading.migrations.back().step.version};
  return reading;
}

}  // namespace schemaudit
