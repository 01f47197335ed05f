#include "analyzer/cli/output_places.h"

#include <unistd.h>

#include <algorithm>
#include <system_error>

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

/// As many links as Linux follows.
constexpr int kMostLinks = 40;

std::optional<int> descriptor_named(const fs::path& path) {
  const std::string folder = path.parent_path().string(), name = path.filename().string();
  const bool is_number = !name.empty() && name.size() <= 6 &&
                         std::all_of(name.begin(), name.end(),
                                     [](char digit) { return digit >= '0' && digit <= '9'; });
  if (!is_number) return std::nullopt;
  if (folder == "/dev/fd" || folder == "/proc/self/fd" || folder == "/proc/thread-self/fd" ||
      folder == "/proc/" + std::to_string(::getpid()) + "/fd")
    return std::stoi(name);
  return std::nullopt;
}

}  // namespace

std::optional<int> descriptor_of(const std::string& path) {
  if (path == "-") return STDOUT_FILENO;
  std::error_code error;
  fs::path at = fs::absolute(path, error).lexically_normal();
  // Link by link: the last one, of the descriptor itself, leads to no path where it is a pipe.
  for (int links = 0; links < kMostLinks; ++links) {
    if (std::optional<int> descriptor = descriptor_named(at)) return descriptor;
    if (!fs::is_symlink(at, error)) return std::nullopt;
    const fs::path target = fs::read_symlink(at, error);
    if (error) return std::nullopt;
    at = (at.parent_path() / target).lexically_normal();
  }
  return std::nullopt;
}

bool is_stream(const std::string& path) {
  if (descriptor_of(path)) return true;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

bool is_one_place(const std::string& a, const std::string& b) {
  const std::optional<int> descriptor = descriptor_of(a);
  if (descriptor || descriptor_of(b)) return descriptor == descriptor_of(b);
  std::error_code error;
  if (fs::equivalent(a, b, error)) return true;
  // What is not there yet: by its folder, which links may lead to.
  auto settled = [&](const std::string& path) {
    return fs::weakly_canonical(fs::absolute(path, error), error);
  };
  return settled(a) == settled(b);
}

std::string fault_of_outputs(const std::vector<std::string>& outputs,
                             const std::vector<fs::path>& inputs) {
  for (const std::string& output : outputs) {
    std::error_code error;
    if (output.empty() || descriptor_of(output) || !fs::is_regular_file(output, error)) continue;
    for (const fs::path& input : inputs)
      if (fs::equivalent(output, input, error))
        return output + " would be written over, and it is " +
               (input == fs::path(output) ? "read by this run" : "the input " + input.string()) +
               ": name another file to write";
  }
  return {};
}

}  // namespace schemaudit
