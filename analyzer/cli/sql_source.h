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
#include "analyzer/sql/text.h"

namespace schemaudit {

/// More than that is rows, not schema.
constexpr std::uintmax_t kLargestSqlFile = 256u << 20;

/// The texts of all `paths`, in this order.
struct SqlFiles {
  std::vector<SqlText> texts;
  /// The paths as the user named them.
  std::string name;
  /// SHA-256 over the files' names and contents.
  std::string digest;
  std::vector<InputFile> files;
  /// What of it could not be read.
  std::vector<Problem> unread;
  /// A path that does not exist, or names nothing; empty where all do.
  std::string error;
};
SqlFiles read_sql_files(const std::vector<std::string>& paths, const std::filesystem::path& base);

/// The files of all `paths`, in this order, as one session would run them.
OpenedSource open_sql(const std::vector<std::string>& paths, const std::filesystem::path& base,
                      ScratchDatabases* scratch);

}  // namespace schemaudit
