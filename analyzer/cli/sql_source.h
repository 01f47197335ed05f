// SQL files as a source: found by path, glob, folder or list, then replayed, or run on a scratch
// server and read back.
//
//   OpenedSource declared = open_sql({"db/schema"}, folder, nullptr);
//   OpenedSource settled = open_sql({"@order.txt"}, folder, &databases);
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "analyzer/cli/sources.h"
#include "analyzer/postgres/scratch_database.h"

namespace schemaudit {

/// More than that is rows, not schema.
constexpr std::uintmax_t kLargestSqlFile = 256u << 20;

/// The files of all `paths`, in this order, as one session would run them.
OpenedSource open_sql(const std::vector<std::string>& paths, const std::filesystem::path& base,
                      ScratchDatabases* scratch);

}  // namespace schemaudit
