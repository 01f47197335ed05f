// Opens what the user names as a source: `docs:PATH`, `sql:PATH`, `models:PATH`, `db:URL`,
// `snapshot:FILE`, `command:...`.
//
//   OpenedSource docs = open_documents({{"docs/", DocumentState::current}}, folder);
//   OpenedSource live = open_database("env:DATABASE_URL", scope, folder);
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"
#include "analyzer/postgres/introspect.h"
#include "analyzer/postgres/scratch_database.h"

namespace schemaudit {

struct OpenedSource {
  /// Unset where it could not be opened.
  std::optional<SourceResult> source;
  /// What happened and what to do, one line, without secrets.
  std::string error;
  /// The user named something that does not exist or makes no sense, as opposed to something
  /// that could not be read.
  bool usage_error = false;
  /// For a database: what came of preparing the documented queries.
  std::vector<BrokenQuery> broken_queries;
  std::size_t prepared_queries = 0;
  bool queries_prepared = false;
  /// For a database: what the config's questions gave.
  std::optional<LiveAnswers> live_answers;
  /// Of documents: the counts that they state of their own schema.
  std::vector<CountReading> counts;
  /// Worth telling the user (`the parameter schema of the URL was dropped`).
  std::vector<std::string> notes;
};

struct DatabaseScope {
  std::vector<std::string> schemas;
  std::vector<std::string> ignore;
  /// See LiveOptions.
  std::vector<std::string> also_schemas;
  std::vector<DocumentedQuery> queries;
  /// Whose [[check]] and required rows are looked up on a live database; nullptr: nobody's.
  const Config* questions = nullptr;
};

OpenedSource open_documents(const std::vector<DocsPath>& paths, const std::filesystem::path& base);

/// A database as it is named, ready for libpq.
struct NamedDatabase {
  /// Empty: the libpq environment.
  std::string conninfo;
  std::vector<std::string> notes;
  /// See OpenedSource.
  std::string error;
  bool usage_error = false;
};

/// `named` is a libpq URI or conninfo, `env:NAME`, or empty: DATABASE_URL, then the libpq
/// environment.
NamedDatabase named_database(const std::string& named);

/// `url` is a libpq URI or conninfo, `env:NAME`, `snapshot:FILE`, or empty: DATABASE_URL, then
/// the libpq environment.
OpenedSource open_database(const std::string& url, const DatabaseScope& scope,
                           const std::filesystem::path& base);

OpenedSource open_snapshot(const std::string& path, const std::filesystem::path& base);

/// Any of the forms above, with its prefix. SQL is run on `scratch` where that is given, and
/// replayed where it is nullptr. `scope` is for a database.
OpenedSource open_source(const std::string& named, const std::filesystem::path& base,
                         ScratchDatabases* scratch = nullptr, const DatabaseScope& scope = {});

/// The schemas that files make are theirs, also those that a platform usually has.
std::vector<std::string> schemas_of(const SourceResult& source);

/// All that `named` has read, also what could not be decoded, as paths from anywhere.
std::vector<std::filesystem::path> input_paths(const std::string& named, const SourceResult& source,
                                               const std::filesystem::path& base);

}  // namespace schemaudit
