#include "analyzer/cli/project_survey.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "analyzer/cli/files.h"
#include "analyzer/cli/migration_source.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 50'000;
/// A source file that declares models does so early.
constexpr std::uintmax_t kLargestSource = 1u << 20;

bool is_passed_over(const std::string& name) {
  static const std::set<std::string> names = {"node_modules", "vendor",      "venv",
                                              "env",          "build",       "dist",
                                              "target",       "__pycache__", "site-packages"};
  return names.count(name) > 0 || (name.starts_with(".") && name.size() > 1);
}

/// Names that folders of migrations bear in one tool or another.
bool may_hold_migrations(const std::string& name) {
  static const std::set<std::string> names = {"migrations", "migration", "migrate", "versions",
                                              "changelogs"};
  return names.count(name) > 0;
}

bool is_markdown(const fs::path& file) {
  return file.extension() == ".md" || file.extension() == ".markdown" || file.extension() == ".mdx";
}

class Surveyor {
 public:
  explicit Surveyor(fs::path folder) : folder_(std::move(folder)) {}

  ProjectSurvey survey() {
    walk();
    choose_migrations();
    choose_docs();
    choose_models();
    choose_sql();
    const char* url = std::getenv("DATABASE_URL");
    found_.has_database_url = found_.has_database_url || (url && *url);
    return std::move(found_);
  }

 private:
  std::string shown(const fs::path& path) const { return shown_path(path, folder_); }

  void walk() {
    std::error_code failed;
    fs::recursive_directory_iterator at(folder_, fs::directory_options::skip_permission_denied,
                                        failed);
    for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
      const std::string name = at->path().filename().string();
      std::error_code ignored;
      if (at->is_directory(ignored)) {
        if (is_passed_over(name) || at->is_symlink(ignored)) {
          at.disable_recursion_pending();
          continue;
        }
        if (may_hold_migrations(name)) migration_folders_.push_back(at->path());
        continue;
      }
      if (++found_.files > kMostFiles) {
        found_.cut = true;
        return;
      }
      take(at->path(), name);
    }
  }

  void take(const fs::path& file, const std::string& name) {
    if (is_markdown(file)) markdown_.push_back(file);
    if (file.extension() == ".sql") sql_.push_back(file);
    if (file.extension() == ".prisma") prisma_.push_back(file);
    if (file.extension() == ".py" && declares_models(file)) python_.push_back(file);
    // Whether it is spoken of is all that is read of it.
    if (name.starts_with(".env") || name.starts_with("docker-compose") || name == "alembic.ini")
      found_.has_database_url = found_.has_database_url || holds(file, {"DATABASE_URL"});
  }

  static bool holds(const fs::path& file, const std::vector<std::string>& words) {
    std::error_code failed;
    if (fs::file_size(file, failed) > kLargestSource || failed) return false;
    std::string error;
    const std::optional<std::string> text = read_file(file, error);
    return text && std::any_of(words.begin(), words.end(), [&](const std::string& word) {
             return text->find(word) != std::string::npos;
           });
  }

  static bool declares_models(const fs::path& file) {
    return holds(file, {"__tablename__", "DeclarativeBase", "declarative_base(", "db.Model)"});
  }

  void choose_migrations() {
    std::vector<std::string> accepted;
    for (const fs::path& folder : migration_folders_) {
      const std::string name = shown(folder);
      // Alembic's versions are told by the folder around them.
      const bool within = std::any_of(accepted.begin(), accepted.end(), [&](const auto& outer) {
        return name.starts_with(outer + "/");
      });
      if (within) continue;
      const MigrationFolder read = read_migration_folder(name, folder_);
      if (read.error.empty() && !read.reading.migrations.empty()) accepted.push_back(name);
    }
    if (accepted.size() == 1)
      found_.migrations = accepted.front();
    else
      found_.more_migrations = accepted;
    migrations_ = std::move(accepted);
  }

  bool is_in_migrations(const std::string& path) const {
    return std::any_of(migrations_.begin(), migrations_.end(),
                       [&](const std::string& folder) { return path.starts_with(folder + "/"); });
  }

  void choose_docs() {
    // By folder: which documents tell of tables, and how many stand there at all.
    std::map<fs::path, std::vector<fs::path>> telling;
    std::map<fs::path, std::size_t> all;
    for (const fs::path& file : markdown_) {
      ++all[file.parent_path()];
      OpenedSource opened = open_documents({{shown(file), DocumentState::current}}, folder_);
      if (!opened.source || opened.source->documents.empty()) continue;
      const DocumentReading& reading = opened.source->documents.front();
      if (reading.tables.empty() || is_in_migrations(shown(file))) continue;
      found_.documented_tables += opened.source->schema.relations.size();
      telling[file.parent_path()].push_back(file);
      if (reading.proposed_state && reading.self_description) {
        states_[file] = *reading.proposed_state;
        found_.doc_notes.push_back(shown(file) + " calls itself " + *reading.self_description);
      }
    }
    for (const auto& [parent, files] : telling) {
      const bool most = files.size() >= 2 && files.size() * 2 > all[parent] && parent != folder_;
      if (most) found_.docs.push_back({shown(parent) + "/*.md", DocumentState::current});
      for (const fs::path& file : files) {
        const auto state = states_.find(file);
        if (state != states_.end())
          found_.docs.push_back({shown(file), state->second});
        else if (!most)
          found_.docs.push_back({shown(file), DocumentState::current});
      }
    }
  }

  void choose_models() {
    if (!prisma_.empty())
      for (const fs::path& file : prisma_) found_.models.push_back(shown(file));
    if (python_.empty()) return;
    // The deepest folder that holds them all; the project's own would hold its tests, too.
    fs::path common = python_.front().parent_path();
    for (const fs::path& file : python_)
      while (common != folder_ && !(shown(file) + "/").starts_with(shown(common) + "/"))
        common = common.parent_path();
    if (common != folder_) {
      found_.models.push_back(shown(common));
      return;
    }
    std::set<std::string> folders;
    for (const fs::path& file : python_)
      folders.insert(file.parent_path() == folder_ ? shown(file) : shown(file.parent_path()));
    found_.models.insert(found_.models.end(), folders.begin(), folders.end());
  }

  void choose_sql() {
    if (!migrations_.empty()) return;
    for (const fs::path& file : sql_) {
      const std::string name = file.filename().string();
      if (name == "schema.sql" || name == "structure.sql" || name == "init.sql")
        found_.sql.push_back(shown(file));
    }
    if (found_.sql.size() > 1) found_.sql.resize(1);
  }

  fs::path folder_;
  ProjectSurvey found_;
  std::vector<fs::path> markdown_, sql_, prisma_, python_, migration_folders_;
  std::vector<std::string> migrations_;
  std::map<fs::path, DocumentState> states_;
};

}  // namespace

ProjectSurvey survey_project(const fs::path& folder) {
  return Surveyor(folder).survey();
}

}  // namespace schemaudit
