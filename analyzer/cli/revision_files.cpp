#include "analyzer/cli/revision_files.h"

#include <chrono>
#include <vector>

#include "analyzer/cli/child_process.h"
#include "analyzer/cli/progress.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

/// What git prints, without the line's end; `error` is set where it fails.
std::string git(std::vector<std::string> arguments, const fs::path& folder, std::string& error) {
  arguments.insert(arguments.begin(), "git");
  ChildRun run = run_child(arguments, folder, std::chrono::minutes(5));
  if (!run.error.empty()) error = run.error;
  while (!run.output.empty() && run.output.back() == '\n') run.output.pop_back();
  return run.output;
}

}  // namespace

bool RevisionFiles::make_folder() {
  folder_.emplace("schemaudit-revision");
  if (!folder_->error().empty()) {
    error = "--changed-since: " + folder_->error();
    return false;
  }
  tree_ = folder_->path() / "tree";
  return true;
}

std::string RevisionFiles::then(const std::string& path) const {
  if (path.starts_with("@")) return "@" + then(path.substr(1));
  const fs::path named(path);
  if (!named.is_absolute()) return path;
  const fs::path below = named.lexically_normal().lexically_relative(top_);
  if (below.empty() || *below.begin() == "..") return path;
  return (tree_ / below).generic_string();
}

RevisionFiles check_out_revision(const std::string& revision, const fs::path& base) {
  const Activity activity("reading the files as of " + revision);
  RevisionFiles files;
  std::string error;
  const std::string top = git({"rev-parse", "--show-toplevel"}, base, error);
  if (!error.empty()) {
    files.error = "--changed-since needs a git repository: " + error;
    return files;
  }
  git({"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"}, base,
      error);
  // Before the first commit nothing was there.
  std::string unborn;
  if (!error.empty() && revision == "HEAD")
    git({"rev-parse", "--verify", "--quiet", "HEAD"}, base, unborn);
  if (!unborn.empty()) {
    files.make_folder();
    files.top_ = fs::path(top);
    files.base_ = files.tree_;
    return files;
  }
  if (!error.empty()) {
    files.error = "--changed-since: " + revision +
                  " is no commit of this repository; in CI it may have to be fetched first";
    return files;
  }
  files.revision = git({"merge-base", revision, "HEAD"}, base, error);
  if (!error.empty()) {
    files.error = "--changed-since: " + revision +
                  " and HEAD have no common past here; a shallow clone lacks it (fetch-depth: 0)";
    return files;
  }
  std::error_code failed;
  if (!files.make_folder()) return files;
  files.top_ = fs::path(top);
  // An index of its own, and no worktree that the repository would have to know of.
  const std::string index = "GIT_INDEX_FILE=" + (files.folder_->path() / "index").string();
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"env", index, "git", "read-tree", files.revision},
        {"env", index, "git", "checkout-index", "--all", "--force",
         "--prefix=" + files.tree_.string() + "/"}}) {
    ChildRun run = run_child(command, files.top_, std::chrono::minutes(10));
    if (run.error.empty()) continue;
    files.error =
        "--changed-since: the files of " + files.revision + " could not be read: " + run.error;
    return files;
  }
  const fs::path below = fs::weakly_canonical(base, failed)
                             .lexically_relative(fs::weakly_canonical(files.top_, failed));
  files.base_ = below == "." ? files.tree_ : files.tree_ / below;
  fs::create_directories(files.base_, failed);
  return files;
}

}  // namespace schemaudit
