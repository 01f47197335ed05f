// A folder of migrations as a source: read, recognised, and run in the tool's order.
//
//   OpenedSource declared = open_migrations("db/migrations", folder);
#pragma once

#include <filesystem>
#include <string>

#include "analyzer/cli/sources.h"

namespace schemaudit {

OpenedSource open_migrations(const std::string& path, const std::filesystem::path& base);

}  // namespace schemaudit
