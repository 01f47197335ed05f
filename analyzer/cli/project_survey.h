// What a folder holds of use to an audit, found by reading it: documents that tell of tables,
// migrations, models, SQL files.
//
//   ProjectSurvey found = survey_project("/home/me/shop");
//   found.docs    {"docs/schema/**/*.md"}
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analyzer/cli/sources.h"

namespace schemaudit {

struct ProjectSurvey {
  /// Paths and globs, relative to the folder.
  std::vector<DocsPath> docs;
  /// Why a document of `docs` has its state: what it calls itself.
  std::vector<std::string> doc_notes;
  /// Empty where there is none, or more than one: then they are in `more_migrations`.
  std::string migrations;
  std::vector<std::string> more_migrations;
  std::vector<std::string> models;
  std::vector<std::string> sql;
  /// DATABASE_URL is set, or a file of the project speaks of it.
  bool has_database_url = false;
  /// How many tables the documents tell of.
  std::size_t documented_tables = 0;
  /// Files that were looked at; beyond a bound no more are.
  std::size_t files = 0;
  bool cut = false;
};

/// Nothing is run, and no database is asked. Folders of version control, packages and builds are
/// passed over.
ProjectSurvey survey_project(const std::filesystem::path& folder);

}  // namespace schemaudit
