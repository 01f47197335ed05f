#include "analyzer/cli/migration_source.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "analyzer/cli/child_process.h"
#include "analyzer/cli/files.h"
#include "analyzer/migrations/migrations.h"
#include "analyzer/model/digest.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

/// Endings of what tools read, and of what tells them apart.
const std::vector<std::string>& endings() {
  static const std::vector<std::string> known = {".sql",  ".py",  ".md",   ".conf", ".plan",
                                                 ".toml", ".xml", ".yaml", ".yml",  ".json",
                                                 ".sum",  ".go",  ".java", ".kt"};
  return known;
}

OpenedSource not_opened(std::string error, bool usage) {
  OpenedSource opened;
  opened.error = std::move(error);
  opened.usage_error = usage;
  return opened;
}

/// The folder's own name and those above it, up to the base's.
std::vector<std::string> folders_of(const fs::path& folder) {
  std::vector<std::string> names;
  for (const fs::path& part : fs::weakly_canonical(folder)) names.push_back(part.string());
  return names;
}

/// Beside the program: where it was installed, else where it was built.
fs::path alembic_reader() {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  const fs::path installed = program.parent_path() / "share" / "schemaudit" / "alembic_reader";
  return fs::exists(installed, ignored) ? installed
                                        : program / "share" / "schemaudit" / "alembic_reader";
}

}  // namespace

OpenedSource open_migrations(const std::string& path, const fs::path& base) {
  const fs::path folder = fs::path(path).is_absolute() ? fs::path(path) : base / path;
  std::error_code status;
  if (!fs::exists(folder, status))
    return not_opened(shown_path(folder, base) + " does not exist", true);
  if (!fs::is_directory(folder, status))
    return not_opened(shown_path(folder, base) +
                          " is no folder: name the folder of the migrations, or its SQL with sql:",
                      true);
  PathList found = find_files(folder.string(), base, endings());
  MigrationFiles files;
  files.folder = shown_path(folder, base);
  files.parents = folders_of(folder);
  std::vector<Problem> unread;
  if (!found.error.empty() && !found.files.empty()) {
    Problem problem;
    problem.kind = ProblemKind::unreadable;
    problem.message = found.error;
    unread.push_back(std::move(problem));
  }
  std::string digested;
  for (const fs::path& file : found.files) {
    const std::string uri = shown_path(file, base);
    std::string error;
    std::optional<std::string> text = read_file(file, error);
    if (!text) {
      Problem problem;
      problem.kind = ProblemKind::unreadable;
      problem.origin = {uri, 1, 1};
      problem.message = error;
      unread.push_back(std::move(problem));
      continue;
    }
    digested += uri + "\n" + sha256_hex(*text) + "\n";
    files.files.push_back(
        {fs::relative(file, folder, status).generic_string(), uri, std::move(*text)});
  }
  if (needs_alembic_reader(files)) {
    ChildRun run = run_child({"python3", "-I", alembic_reader().string(), files.folder}, base,
                             std::chrono::minutes(2));
    if (!run.error.empty())
      return not_opened("the Alembic revisions of " + files.folder +
                            " are read by python3 (3.9 or later), and " + run.error,
                        false);
    files.revisions = std::move(run.output);
  }
  MigrationReading reading = read_migrations(files);
  if (!reading.refused.empty()) return not_opened(reading.refused, true);
  OpenedSource opened;
  opened.source = replay_migrations(reading, files.folder);
  opened.source->name = files.folder;
  opened.source->digest = sha256_hex(digested);
  std::vector<Problem>& problems = opened.source->problems;
  problems.insert(problems.begin(), unread.begin(), unread.end());
  return opened;
}

}  // namespace schemaudit
