#include "analyzer/cli/folder_walk.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <system_error>
#include <utility>

#include "analyzer/cli/files.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

/// Behind one link; whoever links to more than that means no folder of documents.
constexpr std::size_t kMostEntriesBehind = 20'000;

/// Folders of version control, dependencies and builds hold nobody's schema docs.
bool is_passed_over(const fs::path& folder) {
  std::string name = folder.filename().string();
  return name == ".git" || name == "node_modules" || name == ".venv" || name == "__pycache__";
}

/// A link to an environment of Python is made for its programs.
bool is_passed_over_link(const fs::path& link) {
  std::string name = link.filename().string();
  return name == "venv" || name == "site-packages" || name == ".tox";
}

/// `.#users.md`, by which Emacs marks a file that is being edited: a link that leads nowhere.
bool is_editors_lock(const fs::path& path) {
  return path.filename().string().starts_with(".#");
}

std::string word_for(fs::file_type type) {
  if (type == fs::file_type::fifo) return "a pipe";
  if (type == fs::file_type::socket) return "a socket";
  return "a device";
}

/// The files that a link to a folder hides.
class BehindLink {
 public:
  BehindLink(fs::path link, const WantedPath& wanted) : wanted_(wanted) {
    look_into(std::move(link));
    while (!open_.empty() && !cut_) {
      const fs::path at = std::move(open_.back());
      open_.pop_back();
      list(at);
    }
  }

  const std::vector<fs::path>& files() const { return files_; }
  /// There may be more.
  bool cut() const { return cut_; }

 private:
  /// Each folder once, whatever links lead to it.
  void look_into(fs::path folder) {
    std::error_code error;
    const fs::path real = fs::canonical(folder, error);
    if (error)
      cut_ = true;
    else if (seen_.insert(real).second)
      open_.push_back(std::move(folder));
  }

  void list(const fs::path& folder) {
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      if (++entries_ > kMostEntriesBehind) {
        cut_ = true;
        return;
      }
      std::error_code ignored;
      if (entry->is_directory(ignored)) {
        if (!is_passed_over(entry->path())) look_into(entry->path());
      } else if (entry->is_regular_file(ignored) && wanted_(entry->path())) {
        files_.push_back(fs::canonical(entry->path(), ignored));
      }
    }
    if (error) cut_ = true;
  }

  const WantedPath& wanted_;
  std::vector<fs::path> open_, files_;
  std::set<fs::path> seen_;
  std::size_t entries_ = 0;
  bool cut_ = false;
};

class Walker {
 public:
  explicit Walker(const WantedPath& wanted) : wanted_(wanted) {}

  FolderWalk walk(const fs::path& folder) {
    open_ = {folder};
    while (!open_.empty()) {
      const fs::path at = std::move(open_.back());
      open_.pop_back();
      std::error_code error;
      fs::directory_iterator entry(at, error);
      for (; !error && entry != fs::directory_iterator(); entry.increment(error)) take(*entry);
      if (error) leave(at, "the folder cannot be listed, nor what is below it: " + error.message());
    }
    return std::move(walk_);
  }

 private:
  void leave(const fs::path& path, std::string why) {
    walk_.unread.push_back({path, std::move(why)});
  }

  void take(const fs::directory_entry& entry) {
    const fs::path& path = entry.path();
    std::error_code error, ignored;
    // As the listing has it: what is too deep, or in a closed folder, cannot be asked itself.
    if (entry.is_directory(ignored)) {
      if (is_passed_over(path)) return;
      if (!entry.is_symlink(ignored))
        open_.push_back(path);
      else if (!is_passed_over_link(path))
        look_behind(path);
      return;
    }
    if (entry.is_regular_file(ignored)) {
      if (wanted_(path)) walk_.files.push_back(path);
      return;
    }
    const fs::file_status status = entry.status(error);
    const bool gone = status.type() == fs::file_type::not_found;
    const bool is_circle = error == std::errc::too_many_symbolic_link_levels;
    if (!gone && !is_circle && !fs::status_known(status)) {
      // It may be a folder, whatever its name.
      leave(path, "it cannot be looked at: " + error.message());
      return;
    }
    if (!wanted_(path) || is_editors_lock(path)) return;
    if (gone || is_circle)
      leave(path, gone ? "the link leads to no file: mend it, or take it away"
                       : "it cannot be read: " + error.message());
    else
      leave(path, "it is " + word_for(status.type()) +
                      ", which is not read where only its folder is named: put a file there, or "
                      "take it away");
  }

  void look_behind(const fs::path& link) {
    const BehindLink behind(link, wanted_);
    const std::string what = "links to folders are not followed";
    const std::string remedy = ": name the link as a path of its own, or put the files there";
    if (behind.cut()) {
      leave(link, what + ", and what is behind this one could not be looked through" + remedy);
    } else if (!behind.files().empty()) {
      const std::size_t count = behind.files().size();
      leave(link, what + ", and " + std::to_string(count) + (count == 1 ? " file" : " files") +
                      " behind this one would be read" + remedy);
      walk_.unread.back().behind = behind.files();
    }
  }

  const WantedPath& wanted_;
  std::vector<fs::path> open_;
  FolderWalk walk_;
};

}  // namespace

FolderWalk walk_folder(const fs::path& folder, const WantedPath& wanted) {
  return Walker(wanted).walk(folder);
}

std::vector<UnreadPath> still_unread(std::vector<UnreadPath> unread,
                                     const std::vector<fs::path>& files) {
  std::error_code ignored;
  std::set<fs::path> read;
  if (!unread.empty())
    for (const fs::path& file : files) read.insert(fs::canonical(file, ignored));
  std::erase_if(unread, [&](const UnreadPath& path) {
    return !path.behind.empty() &&
           std::all_of(path.behind.begin(), path.behind.end(),
                       [&](const fs::path& file) { return read.count(file) > 0; });
  });
  std::stable_sort(unread.begin(), unread.end(), [](const UnreadPath& a, const UnreadPath& b) {
    return a.path.string() < b.path.string();
  });
  unread.erase(
      std::unique(unread.begin(), unread.end(),
                  [](const UnreadPath& a, const UnreadPath& b) { return a.path == b.path; }),
      unread.end());
  return unread;
}

std::vector<Problem> problems_of(const std::vector<UnreadPath>& unread, const fs::path& base) {
  std::vector<Problem> problems;
  for (const UnreadPath& path : unread) {
    Problem problem;
    problem.kind = ProblemKind::unreadable;
    problem.origin.uri = shown_path(path.path, base);
    problem.message = path.why;
    problems.push_back(std::move(problem));
  }
  return problems;
}

}  // namespace schemaudit
