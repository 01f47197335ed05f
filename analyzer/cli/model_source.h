// Models of an ORM as a source: SQLAlchemy's in Python files, Prisma's in *.prisma files, read
// without running them.
//
//   OpenedSource modelled = open_models({"app/models", "prisma/schema.prisma"}, folder);
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analyzer/cli/sources.h"

namespace schemaudit {

/// Files, folders or globs; all of them together are one schema. Or one `command:...` that prints
/// what the models stand for.
OpenedSource open_models(const std::vector<std::string>& paths, const std::filesystem::path& base);

}  // namespace schemaudit
