#include "analyzer/postgres/server_programs.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <vector>

namespace schemaudit {

namespace {

std::vector<std::string> folders_of_path() {
  std::vector<std::string> folders;
  const char* path = std::getenv("PATH");
  std::string_view rest = path ? path : "";
  while (!rest.empty()) {
    std::size_t end = std::min(rest.find(':'), rest.size());
    if (end > 0) folders.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return folders;
}

std::optional<std::string> folder_of_pg_config() {
  std::FILE* pipe = ::popen("pg_config --bindir 2>/dev/null", "r");
  if (!pipe) return std::nullopt;
  std::string folder;
  char buffer[512];
  while (std::fgets(buffer, sizeof buffer, pipe)) folder += buffer;
  int status = ::pclose(pipe);
  while (!folder.empty() && (folder.back() == '\n' || folder.back() == '\r')) folder.pop_back();
  if (status != 0 || folder.empty()) return std::nullopt;
  return folder;
}

/// Newest version first.
std::vector<std::string> folders_of_debian() {
  std::vector<std::pair<int, std::string>> versions;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", error)) {
    int version = std::atoi(entry.path().filename().c_str());
    if (version > 0) versions.emplace_back(version, (entry.path() / "bin").string());
  }
  std::sort(versions.rbegin(), versions.rend());
  std::vector<std::string> folders;
  for (auto& [version, folder] : versions) folders.push_back(folder);
  return folders;
}

std::optional<ServerPrograms> programs_in(const std::string& folder) {
  ServerPrograms programs{folder + "/initdb", folder + "/postgres"};
  if (::access(programs.initdb.c_str(), X_OK) != 0) return std::nullopt;
  if (::access(programs.postgres.c_str(), X_OK) != 0) return std::nullopt;
  return programs;
}

}  // namespace

std::optional<ServerPrograms> find_server_programs() {
  for (const std::string& folder : folders_of_path())
    if (auto programs = programs_in(folder)) return programs;
  if (auto folder = folder_of_pg_config())
    if (auto programs = programs_in(*folder)) return programs;
  for (const std::string& folder : folders_of_debian())
    if (auto programs = programs_in(folder)) return programs;
  return std::nullopt;
}

}  // namespace schemaudit
