#include "analyzer/cli/migration_source.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "analyzer/cli/child_process.h"
#include "analyzer/cli/decoded_text.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/installed_readers.h"
#include "analyzer/cli/progress.h"
#include "analyzer/model/digest.h"
#include "analyzer/model/names.h"

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

/// Endings of what these migrations would be read from; what only tells tools apart is not missed.
std::vector<std::string> endings_of(const MigrationReading& reading) {
  if (!reading.refused.empty()) return {".sql", ".py", ".md"};
  if (reading.tool == MigrationTool::alembic) return {".sql", ".py"};
  if (reading.tool == MigrationTool::markdown_plan) return {".md", ".markdown"};
  return {".sql"};
}

/// `001_users.SQL`: some tools would run it, and most would not.
bool is_sql_in_capitals(const fs::path& file) {
  const std::string ending = file.extension().string();
  return ending != ".sql" && fold_case(ending) == ".sql";
}

/// Python decodes revisions itself, by what they declare.
bool is_decoded_here(const fs::path& file) {
  const std::string ending = file.extension().string();
  return ending == ".sql" || ending == ".md" || ending == ".markdown";
}

Problem unreadable(const Origin& origin, std::string message) {
  Problem problem;
  problem.kind = ProblemKind::unreadable;
  problem.origin = origin;
  problem.message = std::move(message);
  return problem;
}

/// Of what could not be decoded, what these migrations are read from.
void add_undecoded(const std::vector<Problem>& undecoded, const MigrationReading& reading,
                   std::vector<Problem>& unread) {
  const std::vector<std::string> endings = endings_of(reading);
  for (const Problem& problem : undecoded)
    if (std::any_of(endings.begin(), endings.end(), [&](const std::string& ending) {
          return problem.origin.uri.ends_with(ending);
        }))
      unread.push_back(problem);
}

MigrationFolder not_read(std::string error, bool usage) {
  MigrationFolder folder;
  folder.error = std::move(error);
  folder.usage_error = usage;
  return folder;
}

/// The folder's own name and those above it, up to the base's.
std::vector<std::string> folders_of(const fs::path& folder) {
  std::vector<std::string> names;
  for (const fs::path& part : fs::weakly_canonical(folder)) names.push_back(part.string());
  return names;
}

}  // namespace

MigrationFolder read_migration_folder(const std::string& path, const fs::path& base) {
  const fs::path folder = fs::path(path).is_absolute() ? fs::path(path) : base / path;
  std::error_code status;
  if (!fs::exists(folder, status))
    return not_read(shown_path(folder, base) + " does not exist", true);
  const std::string ending = folder.extension().string();
  const bool is_plan = ending == ".md" || ending == ".markdown";
  if (!fs::is_directory(folder, status) && !is_plan)
    return not_read(shown_path(folder, base) +
                        " is neither a folder nor a markdown plan: name the folder of the "
                        "migrations, or its SQL with sql:",
                    true);
  PathList found = find_files(folder.string(), base, endings());
  MigrationFolder read;
  MigrationFiles files;
  files.folder = shown_path(folder, base);
  files.parents = folders_of(folder);
  std::vector<Problem> unread, undecoded;
  std::string digested;
  for (const fs::path& file : found.files) {
    const std::string uri = shown_path(file, base);
    std::string error;
    std::optional<std::string> text = read_file(file, error);
    if (!text) {
      unread.push_back(unreadable({uri, 1, 1}, error));
      continue;
    }
    if (is_sql_in_capitals(file)) {
      unread.push_back(unreadable(
          {uri, 0, 0}, "it was not read: tools of migrations look for .sql, and most pass over ." +
                           file.extension().string().substr(1) + "; rename it, or take it away"));
      continue;
    }
    read.files.push_back({uri, sha256_hex(*text)});
    digested += uri + "\n" + read.files.back().digest + "\n";
    if (is_decoded_here(file)) {
      DecodedText decoded =
          decoded_text(std::move(*text),
                       file.extension() == ".sql" ? TextLanguage::sql : TextLanguage::markdown);
      if (!decoded.fault.empty())
        undecoded.push_back(unreadable({uri, decoded.line, 0}, decoded.fault));
      if (!decoded.text) continue;
      text = std::move(decoded.text);
    }
    files.files.push_back(
        {is_plan ? file.filename().string() : file.lexically_relative(folder).generic_string(), uri,
         std::move(*text), read.files.back().digest});
  }
  if (needs_alembic_reader(files)) {
    ChildRun run = run_child(
        {"python3", "-I", "-B", installed_reader("alembic_reader").string(), files.folder}, base,
        std::chrono::minutes(2));
    if (!run.error.empty())
      return not_read("the Alembic revisions of " + files.folder +
                          " are read by python3 (3.9 or later), and " + run.error,
                      false);
    files.revisions = std::move(run.output);
  }
  read.reading = read_migrations(files);
  const std::vector<Problem> odd =
      problems_of(find_files(folder.string(), base, endings_of(read.reading)).unread, base);
  unread.insert(unread.begin(), odd.begin(), odd.end());
  add_undecoded(undecoded, read.reading, unread);
  if (!read.reading.refused.empty()) {
    // Nobody knows what the folder holds where some of it was not read.
    std::string reason = read.reading.refused;
    for (const Problem& problem : unread)
      reason += "; " + to_string(problem.origin) + " was not read: " + problem.message;
    return not_read(std::move(reason), unread.empty());
  }
  read.name = files.folder;
  read.digest = sha256_hex(digested);
  read.unread = std::move(unread);
  return read;
}

OpenedSource open_migrations(const std::string& path, const fs::path& base) {
  const Activity activity("replaying the migrations");
  MigrationFolder read = read_migration_folder(path, base);
  OpenedSource opened;
  if (!read.error.empty()) {
    opened.error = read.error;
    opened.usage_error = read.usage_error;
    return opened;
  }
  opened.source = replay_migrations(read.reading, read.name);
  opened.source->digest = read.digest;
  opened.source->files = std::move(read.files);
  std::vector<Problem>& problems = opened.source->problems;
  problems.insert(problems.begin(), read.unread.begin(), read.unread.end());
  return opened;
}

}  // namespace schemaudit
