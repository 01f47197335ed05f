#include "analyzer/cli/model_source.h"

#include <chrono>
#include <iterator>
#include <utility>

#include "analyzer/cli/child_process.h"
#include "analyzer/cli/command_source.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/installed_readers.h"
#include "analyzer/cli/progress.h"
#include "analyzer/model/digest.h"
#include "analyzer/models/model_statements.h"
#include "analyzer/models/prisma_schema.h"
#include "analyzer/models/sqlalchemy_document.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

struct ModelPaths {
  /// As the reader of Python files takes them: folders stay folders, for imports are looked up
  /// from there.
  std::vector<std::string> python;
  std::vector<fs::path> prisma;
  std::string name;
  std::vector<UnreadPath> unread;
  std::vector<fs::path> files;
  /// A path that does not exist or holds no model.
  std::string error;
};

bool ends_with(const fs::path& file, const char* ending) {
  return file.extension() == ending;
}

void add_path(const std::string& path, const fs::path& base, ModelPaths& found) {
  PathList list = find_files(path, base, {".py", ".prisma"});
  found.error = list.error;
  found.unread.insert(found.unread.end(), list.unread.begin(), list.unread.end());
  found.files.insert(found.files.end(), list.files.begin(), list.files.end());
  const fs::path named = fs::path(path).is_absolute() ? fs::path(path) : base / path;
  std::error_code ignored;
  bool folder_taken = false;
  for (const fs::path& file : list.files) {
    if (ends_with(file, ".prisma")) {
      found.prisma.push_back(file);
    } else if (!fs::is_directory(named, ignored)) {
      found.python.push_back(shown_path(file, base));
    } else if (!folder_taken) {
      found.python.push_back(shown_path(named, base));
      folder_taken = true;
    }
  }
}

OpenedSource not_opened(std::string error, bool usage) {
  OpenedSource opened;
  opened.error = std::move(error);
  opened.usage_error = usage;
  return opened;
}

Problem unreadable(const std::string& uri, const std::string& message) {
  Problem problem;
  problem.kind = ProblemKind::unreadable;
  problem.origin = {uri, 1, 1};
  problem.message = message;
  return problem;
}

/// What the reader of Python files tells; unset where it could not be run, which `error` tells.
std::optional<ModelStatements> read_python(const std::vector<std::string>& paths,
                                           const fs::path& base, std::string& error) {
  std::vector<std::string> arguments = {"python3", "-I", "-B",
                                        installed_reader("sqlalchemy_reader").string()};
  arguments.insert(arguments.end(), paths.begin(), paths.end());
  ChildRun run = run_child(arguments, base, std::chrono::minutes(2));
  if (!run.error.empty()) {
    error = "SQLAlchemy models are read by python3 (3.9 or later), and " + run.error;
    return std::nullopt;
  }
  return read_sqlalchemy_document(run.output, error);
}

ModelStatements read_prisma(const std::vector<fs::path>& files, const fs::path& base) {
  std::vector<PrismaFile> texts;
  std::vector<Problem> unread;
  for (const fs::path& file : files) {
    std::string error;
    std::optional<std::string> text = read_file(file, error);
    if (text)
      texts.push_back({shown_path(file, base), std::move(*text)});
    else
      unread.push_back(unreadable(shown_path(file, base), error));
  }
  ModelStatements models = read_prisma_schema(texts);
  models.problems.insert(models.problems.end(), std::make_move_iterator(unread.begin()),
                         std::make_move_iterator(unread.end()));
  return models;
}

std::vector<InputFile> digested(const std::vector<std::string>& files, const fs::path& base) {
  std::vector<InputFile> list;
  for (const std::string& file : files) {
    std::string ignored;
    if (std::optional<std::string> text =
            read_file(fs::path(file).is_absolute() ? fs::path(file) : base / file, ignored))
      list.push_back({file, sha256_hex(*text)});
  }
  return list;
}

}  // namespace

OpenedSource open_models(const std::vector<std::string>& paths, const fs::path& base) {
  if (paths.size() == 1 && paths.front().starts_with("command:")) {
    OpenedSource opened = open_command(paths.front().substr(8), base);
    if (opened.source) *opened.source = as_models(std::move(*opened.source));
    return opened;
  }
  const Activity activity("reading the models");
  ModelPaths found;
  for (const std::string& path : paths) {
    found.name += (found.name.empty() ? "" : ", ") + name_of_path(path, base);
    add_path(path, base, found);
    if (!found.error.empty()) return not_opened(found.error, true);
  }
  ModelStatements models;
  if (!found.python.empty()) {
    std::string error;
    std::optional<ModelStatements> read = read_python(found.python, base, error);
    if (!read) return not_opened(error, false);
    append(models, std::move(*read));
  }
  if (!found.prisma.empty()) append(models, read_prisma(found.prisma, base));

  OpenedSource opened;
  opened.source = replay_models(models);
  SourceResult& source = *opened.source;
  source.kind = "models";
  source.name = found.name;
  source.files = digested(models.files, base);
  std::string names_and_digests;
  for (const InputFile& file : source.files)
    names_and_digests += file.uri + "\n" + file.digest + "\n";
  source.digest = sha256_hex(names_and_digests);
  const std::vector<Problem> unread =
      problems_of(still_unread(std::move(found.unread), found.files), base);
  source.problems.insert(source.problems.begin(), unread.begin(), unread.end());
  return opened;
}

}  // namespace schemaudit
