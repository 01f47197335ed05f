// A folder of migrations as texts, before anybody knows which tool they are for.
//
//   MigrationFiles files{"db/migrations", {{"0001_users.sql", "db/migrations/0001_users.sql",
//   "..."}}};
//
// Reading the disk is the caller's; everything in this folder works on these values.
#pragma once

#include <string>
#include <vector>

namespace schemaudit {

struct MigrationFile {
  /// Relative to the folder, with `/`.
  std::string path;
  /// As it is shown in reports.
  std::string uri;
  std::string text;
  /// SHA-256 of the file as it is on the disk, where that is not the text's own.
  std::string digest = {};
};

struct MigrationFiles {
  /// As it is shown.
  std::string folder;
  /// In natural order of their paths.
  std::vector<MigrationFile> files;
  /// The folder's own folders from the outside in, which tell tools apart: `supabase`,
  /// `migrations`.
  std::vector<std::string> parents;
  /// What alembic_reader printed of the folder; empty where it was not run.
  std::string revisions;
};

/// `users.up.sql` of `0001/users.up.sql`.
std::string file_name(const MigrationFile& file);

}  // namespace schemaudit
