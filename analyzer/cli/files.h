// Files: finding them by path, folder or glob, reading them, and writing results whole.
//
//   PathList docs = find_files("docs/**/*.md", base, {".md"});
//   write_result("report.html", page);    // beside the target, then renamed
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/cli/folder_walk.h"

namespace schemaudit {

struct PathList {
  /// Existing files, in natural order of their paths (`2_b` before `10_a`).
  std::vector<std::filesystem::path> files;
  /// What would be among them and cannot be read; see still_unread() where several paths are named.
  std::vector<UnreadPath> unread;
  /// What happened and what to do; empty where the path or glob gave something, read or unread.
  std::string error;
};

/// A file, a folder (its files with one of these endings, recursively, links to folders not
/// followed), or a glob with `*`, `?` and `**`, relative to `base`.
PathList find_files(const std::string& path, const std::filesystem::path& base,
                    const std::vector<std::string>& endings);

/// In bytes; readers have their own, smaller bounds.
inline constexpr std::uintmax_t kLargestFile = std::uintmax_t{512} << 20;
/// Of 100,000 tables.
inline constexpr std::uintmax_t kLargestSnapshot = std::uintmax_t{1536} << 20;

/// Unset where it cannot be read or is larger than that; `error` says why.
std::optional<std::string> read_file(const std::filesystem::path& path, std::string& error,
                                     std::uintmax_t largest = kLargestFile);

/// As it is shown: relative to `base` where it lies below it, with forward slashes.
std::string shown_path(const std::filesystem::path& path, const std::filesystem::path& base);

/// What the user named, which may be a glob: as typed, or as shown where it was made absolute.
std::string name_of_path(const std::string& path, const std::filesystem::path& base);

/// `-` is standard output. Devices, pipes and descriptors (`/dev/stdout`, `/dev/fd/63`) are written
/// to as they are; files beside their target and renamed, so that nobody ever sees half of one.
/// Returns what went wrong, or nothing.
std::string write_result(const std::string& path, const std::string& content);

}  // namespace schemaudit
