// What stands below a folder, and what of it cannot be read: links that lead nowhere, pipes, and
// files behind links to folders, which are not followed.
//
//   FolderWalk walk = walk_folder("docs", [](const fs::path& file) { return is_markdown(file); });
//   for (const Problem& problem : problems_of(walk.unread, base)) ...
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "analyzer/model/source.h"

namespace schemaudit {

struct UnreadPath {
  std::filesystem::path path;
  /// What it is, and what to do.
  std::string why;
  /// For a link to a folder: the files behind it, where all were seen. What is read by another
  /// name is not missing.
  std::vector<std::filesystem::path> behind = {};
};

struct FolderWalk {
  std::vector<std::filesystem::path> files;
  std::vector<UnreadPath> unread;
};

/// Whether a path below the folder would be read, by its name.
using WantedPath = std::function<bool(const std::filesystem::path&)>;

/// Folder by folder: one that cannot be listed costs no other. Never waits for a pipe, and ends
/// where links go in circles.
FolderWalk walk_folder(const std::filesystem::path& folder, const WantedPath& wanted);

/// Those that are still missing where `files` are read, each once, in order.
std::vector<UnreadPath> still_unread(std::vector<UnreadPath> unread,
                                     const std::vector<std::filesystem::path>& files);

std::vector<Problem> problems_of(const std::vector<UnreadPath>& unread,
                                 const std::filesystem::path& base);

}  // namespace schemaudit
