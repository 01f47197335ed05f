#include "analyzer/cli/files.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <string_view>
#include <system_error>

#include "analyzer/cli/output_places.h"
#include "analyzer/cli/whole_file.h"
#include "analyzer/cli/write_all.h"
#include "analyzer/model/names.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestPipe = 64u << 20;

bool is_glob(const std::string& path) {
  return path.find_first_of("*?") != std::string::npos;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// `2_b` before `10_a`: runs of digits compare as numbers.
bool natural_less(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      std::size_t end_a = i, end_b = j;
      while (end_a < a.size() && is_digit(a[end_a])) ++end_a;
      while (end_b < b.size() && is_digit(b[end_b])) ++end_b;
      std::string_view x = a.substr(i, end_a - i), y = b.substr(j, end_b - j);
      x.remove_prefix(std::min(x.find_first_not_of('0'), x.size()));
      y.remove_prefix(std::min(y.find_first_not_of('0'), y.size()));
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
      i = end_a;
      j = end_b;
    } else {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
    }
  }
  if (a.size() - i != b.size() - j) return a.size() - i < b.size() - j;
  // `01` and `1` are one number: some order, but always the same.
  return a < b;
}

bool has_ending(const fs::path& path, const std::vector<std::string>& endings) {
  std::string ending = fold_case(path.extension().string());
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

/// `**/` matches any folders, also none; `*` and `?` stay within one part of a path.
bool matches_path(std::string_view glob, std::string_view path) {
  if (glob.starts_with("**/")) {
    if (matches_path(glob.substr(3), path)) return true;
    std::size_t slash = path.find('/');
    return slash != std::string_view::npos && matches_path(glob, path.substr(slash + 1));
  }
  if (glob == "**") return true;
  std::size_t glob_slash = glob.find('/'), path_slash = path.find('/');
  std::string_view part = glob.substr(0, glob_slash);
  if (!matches_glob(part, path.substr(0, path_slash))) return false;
  if (glob_slash == std::string_view::npos || path_slash == std::string_view::npos)
    return glob_slash == path_slash;
  return matches_path(glob.substr(glob_slash + 1), path.substr(path_slash + 1));
}

/// Reads a pipe to its end, which may be slow, but not endless. Returns what went wrong, or
/// nothing.
std::string read_pipe(int file, std::string& content) {
  constexpr int kPatienceSeconds = 10;
  char buffer[65536];
  for (;;) {
    pollfd waiting{file, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, kPatienceSeconds * 1000);
    if (ready < 0 && errno == EINTR) continue;
    const std::string patience = " for " + std::to_string(kPatienceSeconds) + " s: ";
    if (ready == 0 && content.empty())
      return " is a pipe into which nobody has written anything" + patience +
             "start the program that writes to it first, or name a file";
    if (ready == 0)
      return " is a pipe whose writer has paused" + patience +
             "let it write to a file, and name that";
    const ssize_t count = ready < 0 ? -1 : ::read(file, buffer, sizeof buffer);
    if (count == 0) return {};
    if (count < 0 && errno == EAGAIN) continue;
    if (count < 0) return std::string(" cannot be read: ") + std::strerror(errno);
    content.append(buffer, static_cast<std::size_t>(count));
    if (content.size() > kLargestPipe)
      return " is a pipe with more than " + std::to_string(kLargestPipe >> 20) +
             " MB, which are not read: write them to a file, and name that";
  }
}

/// As it stands: what was there before, or comes after, is another's.
std::string write_descriptor(int file, const std::string& path, const std::string& content) {
  std::fflush(stdout);
  return write_all(file, content) ? std::string()
                                  : path + " cannot be written: " + std::strerror(errno);
}

}  // namespace

PathList find_files(const std::string& path, const fs::path& base,
                    const std::vector<std::string>& endings) {
  PathList list;
  auto walk = [&](const fs::path& folder, const WantedPath& wanted) {
    FolderWalk found = walk_folder(folder, wanted);
    list.unread = still_unread(std::move(found.unread), found.files);
    list.files = std::move(found.files);
  };
  std::error_code ignored;
  fs::path full = fs::path(path).is_absolute() ? fs::path(path) : base / path;
  if (!is_glob(path)) {
    if (!fs::exists(full, ignored)) {
      list.error = path + " does not exist";
    } else if (fs::is_directory(full, ignored)) {
      walk(full, [&](const fs::path& file) { return has_ending(file, endings); });
      if (list.files.empty() && list.unread.empty())
        list.error = path + " holds no " + endings.front() + " file";
    } else {
      list.files.push_back(full);
    }
  } else {
    // Everything below the last folder that is named without a wildcard.
    fs::path root = fs::path(path).is_absolute() ? fs::path("/") : base;
    std::string rest = fs::path(path).is_absolute() ? path.substr(1) : path;
    while (rest.starts_with("./")) rest.erase(0, 2);
    for (std::size_t slash = rest.find('/'); slash != std::string::npos; slash = rest.find('/')) {
      if (is_glob(rest.substr(0, slash))) break;
      root /= rest.substr(0, slash);
      rest.erase(0, slash + 1);
    }
    // By name: a link stands where it stands, wherever it leads.
    if (fs::is_directory(root, ignored))
      walk(root, [&](const fs::path& file) {
        return matches_path(rest, file.lexically_relative(root).generic_string());
      });
    if (list.files.empty() && list.unread.empty()) list.error = path + " matches no file";
  }
  std::sort(list.files.begin(), list.files.end(), [](const fs::path& a, const fs::path& b) {
    return natural_less(a.native(), b.native());
  });
  return list;
}

std::optional<std::string> read_file(const fs::path& path, std::string& error,
                                     std::uintmax_t largest) {
  auto refuse = [&](const std::string& why) {
    error = path.string() + why;
    return std::nullopt;
  };
  // A pipe that nobody writes to must not hold the program up when it is opened.
  const int opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (opened < 0) return refuse(std::string(" cannot be read: ") + std::strerror(errno));
  const std::unique_ptr<const int, void (*)(const int*)> closed(
      &opened, [](const int* file) { ::close(*file); });
  struct stat status {};
  if (::fstat(opened, &status) != 0)
    return refuse(std::string(" cannot be read: ") + std::strerror(errno));
  if (S_ISDIR(status.st_mode)) return refuse(" is a folder");
  std::string content;
  if (S_ISFIFO(status.st_mode)) {
    if (const std::string fault = read_pipe(opened, content); !fault.empty()) return refuse(fault);
    return content;
  }
  if (!S_ISREG(status.st_mode)) return refuse(" is no file: it is a device or a socket");
  if (static_cast<std::uintmax_t>(status.st_size) > largest)
    return refuse(" has " + std::to_string(status.st_size >> 20) + " MB, and more than " +
                  std::to_string(largest >> 20) + " MB are not read");
  content.resize(static_cast<std::size_t>(status.st_size));
  std::size_t have = 0;
  for (;;) {
    // A file may grow, and those of /proc have no size.
    if (have == content.size()) content.resize(have + 4096);
    const ssize_t count = ::read(opened, content.data() + have, content.size() - have);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return refuse(std::string(" cannot be read: ") + std::strerror(errno));
    if (count == 0) break;
    have += static_cast<std::size_t>(count);
    if (have > largest) return refuse(" grows while it is read");
  }
  content.resize(have);
  return content;
}

std::string shown_path(const fs::path& path, const fs::path& base) {
  std::error_code error;
  fs::path absolute = fs::absolute(path, error).lexically_normal();
  fs::path relative = absolute.lexically_relative(fs::absolute(base, error).lexically_normal());
  std::string text = relative.generic_string();
  if (relative.empty() || text.starts_with("../../..")) return path.generic_string();
  return text;
}

std::string name_of_path(const std::string& path, const fs::path& base) {
  return fs::path(path).is_absolute() ? shown_path(path, base) : path;
}

std::string write_result(const std::string& path, const std::string& content) {
  if (path == "-") {
    bool failed = std::fwrite(content.data(), 1, content.size(), stdout) != content.size() ||
                  std::fflush(stdout) != 0;
    return failed ? std::string("standard output cannot be written: ") + std::strerror(errno) : "";
  }
  if (const std::optional<int> descriptor = descriptor_of(path))
    return write_descriptor(*descriptor, path, content);
  std::error_code status;
  fs::path target(path);
  // A link keeps leading where it leads.
  if (fs::is_symlink(target, status) && fs::exists(target, status))
    target = fs::canonical(target, status);
  bool in_place = fs::exists(target, status) && !fs::is_regular_file(target, status);
  if (fs::is_directory(target, status)) return path + " is a folder; name a file";
  if (!in_place) {
    const std::string fault = write_whole(target, content);
    return fault.empty() ? fault : path + " cannot be written: " + fault;
  }
  std::ofstream file(target, std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  return file ? std::string() : path + " cannot be written: " + std::strerror(errno);
}

}  // namespace schemaudit
