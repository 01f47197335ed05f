// The files of a git repository as they were where a change began, in a folder of their own.
//
//   RevisionFiles files = check_out_revision("origin/main", base);
//   if (!files.error.empty()) ...
//   open_documents({{files.then("/repository/docs"), ...}}, files.base());
//
// The repository, its index and its working tree are not touched; the folder goes with the value,
// or with the process.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "analyzer/postgres/scratch_folder.h"

namespace schemaudit {

class RevisionFiles {
 public:
  /// What happened and what to do, one line; empty where the files are there.
  std::string error;
  /// The commit whose files they are.
  std::string revision;

  /// The folder that `base` was.
  const std::filesystem::path& base() const { return base_; }
  /// An absolute path within the repository, as it was; any other as it is.
  std::string then(const std::string& path) const;

 private:
  friend RevisionFiles check_out_revision(const std::string&, const std::filesystem::path&);

  bool make_folder();

  std::optional<ScratchFolder> folder_;
  std::filesystem::path top_, tree_, base_;
};

/// Of the commit from which `revision` and HEAD have both come: what a branch has brought is held
/// against where it began, not against what others have done since.
RevisionFiles check_out_revision(const std::string& revision, const std::filesystem::path& base);

}  // namespace schemaudit
