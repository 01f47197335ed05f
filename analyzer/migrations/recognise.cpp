#include "analyzer/migrations/recognise.h"

#include <algorithm>
#include <regex>
#include <vector>

#include "analyzer/migrations/directives.h"

namespace schemaudit {

namespace {

/// What the folder holds, by the marks that only one tool leaves.
class Marks {
 public:
  explicit Marks(const MigrationFiles& files) : files_(files) {}

  bool any_path(const char* pattern) const {
    const std::regex expression(pattern);
    return std::any_of(files_.files.begin(), files_.files.end(), [&](const MigrationFile& file) {
      return std::regex_search(file.path, expression);
    });
  }
  bool any_directive(DirectiveStyle style) const {
    return std::any_of(files_.files.begin(), files_.files.end(), [&](const MigrationFile& file) {
      return file.path.ends_with(".sql") && !directives_in(file.text, style).empty();
    });
  }
  bool any_sql_with(const std::string& mark) const {
    return std::any_of(files_.files.begin(), files_.files.end(), [&](const MigrationFile& file) {
      return file.path.ends_with(".sql") && file.text.find(mark) != std::string::npos;
    });
  }
  bool any_revision() const {
    const std::regex revision("(^|\n)revision(: *[A-Za-z]+)? *= *['\"]");
    return std::any_of(files_.files.begin(), files_.files.end(), [&](const MigrationFile& file) {
      return file.path.ends_with(".py") && std::regex_search(file.text, revision);
    });
  }
  bool is_below(const std::string& folder) const {
    return std::find(files_.parents.begin(), files_.parents.end(), folder) != files_.parents.end();
  }

 private:
  const MigrationFiles& files_;
};

/// Tools that are known and not read yet.
std::string unsupported(const Marks& marks) {
  if (marks.any_path("(^|/)sqitch\\.plan$")) return "sqitch";
  if (marks.any_sql_with("--liquibase formatted sql") ||
      marks.any_sql_with("-- liquibase formatted sql") ||
      marks.any_path("(^|/)(db\\.)?changelog[^/]*\\.(xml|ya?ml|json)$"))
    return "Liquibase";
  if (marks.any_path("(^|/)[^/]+/up\\.sql$") && marks.any_path("(^|/)[^/]+/down\\.sql$"))
    return "Diesel";
  if (marks.any_sql_with("-- +migrate Up")) return "sql-migrate";
  if (marks.any_path("(^|/)atlas\\.sum$")) return "Atlas";
  return {};
}

/// Ways back alone are its own only where no `001_users.sql` stands beside them, which leads up in
/// plain SQL and nowhere else.
bool is_golang_migrate(const Marks& marks) {
  if (marks.any_path("(^|/)\\d+_[^/]*\\.up\\.sql$")) return true;
  return marks.any_path("(^|/)\\d+_[^/]*\\.down\\.sql$") &&
         !marks.any_path("(^|/)\\d+_(?![^/]*\\.down\\.sql$)[^/]*\\.sql$");
}

}  // namespace

Recognition recognise(const MigrationFiles& files) {
  const Marks marks(files);
  const std::string other = unsupported(marks);
  if (!other.empty())
    return {std::nullopt, files.folder + " holds migrations of " + other +
                              ", which are not supported yet; name the SQL that they build with "
                              "--sql, or the database with --db"};
  std::vector<MigrationTool> fits;
  if (marks.any_revision()) fits.push_back(MigrationTool::alembic);
  if (marks.any_path("(^|/)[^/]+/migration\\.sql$")) fits.push_back(MigrationTool::prisma);
  if (marks.any_directive(DirectiveStyle::goose)) fits.push_back(MigrationTool::goose);
  if (marks.any_directive(DirectiveStyle::dbmate)) fits.push_back(MigrationTool::dbmate);
  if (is_golang_migrate(marks)) fits.push_back(MigrationTool::golang_migrate);
  if (marks.any_path("(^|/)[VUBR][0-9._]*__[^/]*\\.sql$")) fits.push_back(MigrationTool::flyway);
  if (fits.empty() && marks.is_below("supabase") && marks.any_path("(^|/)\\d{14}_[^/]*\\.sql$"))
    fits.push_back(MigrationTool::supabase);
  if (fits.empty() && marks.any_path("\\.sql$")) fits.push_back(MigrationTool::plain);
  if (fits.empty() && marks.any_path("\\.(md|markdown)$"))
    fits.push_back(MigrationTool::markdown_plan);
  if (fits.size() == 1) return {fits.front(), {}};
  if (fits.empty())
    return {std::nullopt, files.folder +
                              " holds no migrations: no .sql file, Alembic revision or "
                              "markdown plan"};
  std::string names;
  for (MigrationTool tool : fits)
    names += (names.empty() ? "" : " and ") + std::string(to_string(tool));
  return {std::nullopt,
          files.folder + " holds files of " + names + "; name the folder of one of them"};
}

}  // namespace schemaudit
