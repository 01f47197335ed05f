#include "analyzer/cli/sources.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

#include "analyzer/cli/command_source.h"
#include "analyzer/cli/document_files.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/migration_source.h"
#include "analyzer/cli/model_source.h"
#include "analyzer/cli/progress.h"
#include "analyzer/cli/sql_source.h"
#include "analyzer/model/digest.h"
#include "analyzer/model/snapshot.h"
#include "analyzer/postgres/live_questions.h"
#include "schema_docs/documents.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

OpenedSource not_opened(std::string error, bool usage) {
  OpenedSource opened;
  opened.error = std::move(error);
  opened.usage_error = usage;
  return opened;
}

bool take_prefix(std::string& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.erase(0, prefix.size());
  return true;
}

}  // namespace

OpenedSource open_documents(const std::vector<DocsPath>& paths, const fs::path& base) {
  const Activity activity("reading the documents");
  DocumentFiles files = read_document_files(paths, base);
  if (!files.error.empty()) return not_opened(files.error, true);
  DocumentSet set;
  std::string digested;
  std::vector<InputFile> read_files;
  for (DocumentText& document : files.documents) {
    activity.at(document.uri);
    read_files.push_back({document.uri, sha256_hex(document.text)});
    digested += document.uri + "\n" + read_files.back().digest + "\n";
    set.add(std::move(document));
  }
  activity.at("what they say together");
  OpenedSource opened;
  opened.source = set.finish();
  opened.counts = set.counts();
  opened.source->role = Role::documented;
  opened.source->kind = "docs";
  opened.source->name = files.names;
  opened.source->digest = sha256_hex(digested);
  opened.source->files = std::move(read_files);
  for (Problem& problem : files.unread) opened.source->problems.push_back(std::move(problem));
  return opened;
}

OpenedSource open_snapshot(const std::string& path, const fs::path& base) {
  PathList list = find_files(path, base, {".json"});
  if (list.files.size() != 1)
    return not_opened(list.error.empty() ? path + " is not one file" : list.error, true);
  const Activity activity("reading the snapshot");
  std::string error;
  std::optional<std::string> text = read_file(list.files.front(), error, kLargestSnapshot);
  if (!text) return not_opened(error, false);
  SnapshotReading reading = read_snapshot(*text);
  if (!reading.source) return not_opened(path + ": " + reading.error, false);
  OpenedSource opened;
  opened.source = std::move(reading.source);
  opened.source->files = {{shown_path(list.files.front(), base), sha256_hex(*text)}};
  return opened;
}

NamedDatabase named_database(const std::string& named) {
  NamedDatabase database;
  auto refuse = [&](std::string error, bool usage) {
    database.error = std::move(error);
    database.usage_error = usage;
    return database;
  };
  std::string url = named;
  take_prefix(url, "db:");
  if (take_prefix(url, "env:")) {
    const char* value = std::getenv(url.c_str());
    if (!value || !*value)
      return refuse(
          "the environment variable " + url + " is not set: it should hold the URL of the database",
          false);
    url = value;
  } else if (url.empty()) {
    if (const char* value = std::getenv("DATABASE_URL")) url = value;
    bool told = !url.empty();
    for (const char* name : {"PGHOST", "PGHOSTADDR", "PGDATABASE", "PGSERVICE", "PGUSER"})
      told = told || std::getenv(name) != nullptr;
    if (!told)
      return refuse(
          "no database is named: give --db a URL, or set DATABASE_URL or libpq's PGHOST and "
          "PGDATABASE",
          true);
  }
  if (url.empty()) return database;
  Conninfo conninfo = understand_url(url);
  if (!conninfo.value) return refuse(conninfo.error, true);
  database.conninfo = *conninfo.value;
  database.notes = conninfo.notes;
  return database;
}

OpenedSource open_database(const std::string& named, const DatabaseScope& scope,
                           const fs::path& base) {
  std::string url = named;
  if (take_prefix(url, "snapshot:")) {
    OpenedSource opened = open_snapshot(url, base);
    if (opened.source) opened.source->role = Role::live;
    return opened;
  }
  NamedDatabase database = named_database(url);
  if (!database.error.empty()) return not_opened(database.error, database.usage_error);
  const Activity activity("reading " + describe_conninfo(database.conninfo));
  OpenedSource opened;
  opened.notes = std::move(database.notes);
  LiveOptions options;
  options.progress = [&](const std::string& part) { activity.at(part); };
  options.conninfo = database.conninfo;
  options.schemas = scope.schemas;
  options.ignore = scope.ignore;
  options.also_schemas = scope.also_schemas;
  options.queries = scope.queries;
  LiveReading reading = introspect(options);
  if (!reading.source) return not_opened(reading.error, reading.usage_error);
  opened.source = std::move(reading.source);
  if (opened.source->server)
    if (std::string note = untested_version_note(*opened.source->server); !note.empty())
      opened.notes.push_back(std::move(note));
  opened.broken_queries = std::move(reading.broken_queries);
  opened.prepared_queries = reading.prepared_queries;
  opened.queries_prepared = true;
  if (!scope.questions || !has_live_questions(*scope.questions)) return opened;
  activity.at("the config's questions");
  opened.live_answers = ask_live(options.conninfo, *scope.questions);
  return opened;
}

std::vector<std::string> schemas_of(const SourceResult& source) {
  std::vector<std::string> names;
  for (const Namespace& space : source.schema.namespaces) names.push_back(space.name);
  return names;
}

std::vector<fs::path> input_paths(const std::string& named, const SourceResult& source,
                                  const fs::path& base) {
  std::vector<fs::path> paths;
  for (const InputFile& file : source.files) paths.push_back(base / file.uri);
  for (const Problem& problem : source.problems)
    if (problem.kind == ProblemKind::unreadable && problem.origin.from_file())
      paths.push_back(base / problem.origin.uri);
  if (const std::size_t list = named.find('@'); named.starts_with("sql:@") || list == 0)
    paths.push_back(base / named.substr(list + 1));
  return paths;
}

OpenedSource open_source(const std::string& named, const fs::path& base, ScratchDatabases* scratch,
                         const DatabaseScope& scope) {
  std::string rest = named;
  std::size_t colon = named.find(':');
  const std::string kind = colon == std::string::npos ? named : named.substr(0, colon);
  const std::vector<std::string> known = {"docs",    "sql", "migrations", "models",
                                          "command", "db",  "snapshot"};
  bool is_known =
      colon != std::string::npos && std::find(known.begin(), known.end(), kind) != known.end();
  if (is_known && rest.size() == colon + 1 && kind != "db")
    return not_opened(named + " names nothing: write " + kind + ":PATH", true);
  if (take_prefix(rest, "docs:")) return open_documents({{rest, DocumentState::current}}, base);
  if (take_prefix(rest, "snapshot:")) return open_snapshot(rest, base);
  if (take_prefix(rest, "db:")) return open_database(rest, scope, base);
  if (take_prefix(rest, "sql:")) return open_sql({rest}, base, scratch);
  if (take_prefix(rest, "migrations:")) return open_migrations(rest, base);
  if (take_prefix(rest, "models:")) return open_models({rest}, base);
  if (take_prefix(rest, "command:")) return open_command(rest, base);
  std::string forms =
      "write docs:PATH, sql:PATH, migrations:DIR, models:PATH, command:..., db:URL or "
      "snapshot:FILE";
  std::string nearest = colon == std::string::npos ? std::string() : nearest_name(kind, known);
  if (!nearest.empty()) forms = "did you mean " + nearest + ":" + named.substr(colon + 1) + "?";
  std::error_code ignored;
  if (kind.starts_with("postgres")) forms = "write db: before a URL";
  if (fs::exists(base / named, ignored))
    forms = "write " +
            std::string(named.ends_with(".json")  ? "snapshot:"
                        : named.ends_with(".sql") ? "sql:"
                                                  : "docs: or sql:") +
            " before it";
  return not_opened("'" + named + "' is no source: " + forms, true);
}

}  // namespace schemaudit
