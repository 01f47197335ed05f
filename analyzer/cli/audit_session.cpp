#include "analyzer/cli/audit_session.h"

#include <algorithm>
#include <cstdlib>
#include <future>
#include <utility>

#include "analyzer/cli/config_source.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/finding_fixes.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/migration_source.h"
#include "analyzer/cli/model_source.h"
#include "analyzer/cli/progress.h"
#include "analyzer/cli/revision_files.h"
#include "analyzer/cli/sql_source.h"
#include "analyzer/engine/applied_steps.h"
#include "analyzer/engine/scope.h"
#include "analyzer/engine/waivers.h"
#include "analyzer/model/redact.h"
#include "analyzer/postgres/conninfo.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

/// Queries of documents that speak of today; a plan's may need what is not there yet.
std::vector<DocumentedQuery> queries_of(const AuditInput& input) {
  std::vector<DocumentedQuery> queries;
  if (const SourceResult* documents = input.source(Role::documented))
    for (const DocumentReading& document : documents->documents)
      if (document.state == DocumentState::current)
        queries.insert(queries.end(), document.queries.begin(), document.queries.end());
  return queries;
}

/// A database as reports name it: what was typed may hold its password in any form.
std::string without_address(const std::string& argument) {
  for (const std::string option : {"--db ", "--scratch-url "})
    if (argument.starts_with(option) && argument.find("://") != std::string::npos)
      return option + describe_conninfo(argument.substr(option.size()));
  const std::string before = "--before db:";
  if (argument.starts_with(before))
    return before + describe_conninfo(argument.substr(before.size()));
  return argument;
}

std::string path_from_here(const std::string& path) {
  if (path.starts_with("command:")) return path;
  return path.starts_with("@") ? "@" + from_here(path.substr(1)) : from_here(path);
}

}  // namespace

AuditSession::AuditSession(AuditOptions options, const std::vector<std::string>& arguments)
    : options_(std::move(options)), started_(std::chrono::system_clock::now()) {
  run_.tool_version = SCHEMAUDIT_VERSION;
  run_.run.started_at = timestamp(started_);
  for (const std::string& argument : arguments)
    run_.run.arguments.push_back(redact(without_address(argument)));
}

std::string AuditSession::prepare() {
  FoundConfig found = find_and_read_config(options_.config, options_.plugins);
  if (!found.error.empty()) return found.error;
  base_ = found.base;
  run_.config = found.file;
  plugins_ = std::move(found.plugins);
  rule_ids_ = std::move(found.rule_ids);
  input_.config = std::move(found.config);
  if (std::string wrong = apply_options(options_, plugins_.rules, input_.config); !wrong.empty())
    return wrong;
  if (std::string wrong = read_evidence_files(); !wrong.empty()) return wrong;
  if (std::string wrong = read_findings_baseline(); !wrong.empty()) return wrong;
  if (std::string wrong = open_sources(); !wrong.empty()) return wrong;
  if (std::string wrong = mark_applied_steps(input_); !wrong.empty()) return wrong;
  return fault_of_inline_waivers(input_, rule_ids_);
}

/// Of a source's file, by the path that the report shows.
std::optional<std::string> AuditSession::text_of(const std::string& uri) const {
  const fs::path path = fs::path(uri).is_absolute() ? fs::path(uri) : base_ / uri;
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return std::nullopt;
  std::string error;
  return read_file(path, error);
}

std::vector<fs::path> AuditSession::inputs() const {
  std::vector<fs::path> paths;
  auto add = [&](const std::string& named, const SourceResult& source, const fs::path& base) {
    const std::vector<fs::path> of_source = input_paths(named, source, base);
    paths.insert(paths.end(), of_source.begin(), of_source.end());
  };
  std::error_code ignored;
  const fs::path here = fs::current_path(ignored);
  for (const SourceResult& source : input_.sources) {
    add("", source, base_);
    if (source.role == Role::before && !options_.before.empty()) add(options_.before, source, here);
  }
  const SourceResult nothing_more;
  for (const std::string& path : options_.sql) add(path, nothing_more, here);
  for (const std::string& path : input_.config.sql) add(path, nothing_more, base_);
  if (!run_.config.uri.empty()) paths.push_back(base_ / run_.config.uri);
  for (const SqlRule& rule : input_.config.sql_rules)
    if (!rule.file.empty()) paths.push_back(base_ / rule.file);
  for (const GivenEvidence& given : input_.evidence) paths.push_back(here / given.file);
  if (input_.baseline) paths.push_back(base_ / input_.baseline->file);
  return paths;
}

Report AuditSession::run(bool for_pages) {
  if (for_pages) run_.read_text = [this](const std::string& uri) { return text_of(uri); };
  auto finished = std::chrono::system_clock::now();
  run_.run.finished_at = timestamp(finished);
  run_.run.seconds = std::chrono::duration<double>(finished - started_).count();
  const Activity activity("running the rules");
  Report report = run_audit(input_, run_, plugins_.rules);
  add_markdown_fixes(report, input_, base_);
  return report;
}

/// What cannot be read is a hole in the evidence; that a file is not there is a slip.
std::string AuditSession::read_evidence_files() {
  for (const std::string& path : options_.evidence) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return path + " does not exist";
    std::string error;
    std::optional<std::string> text = read_file(path, error);
    std::optional<Evidence> evidence;
    if (text) evidence = read_evidence(*text, error);
    if (evidence) {
      input_.evidence.push_back({path, std::move(*evidence)});
      continue;
    }
    const std::string why = "the evidence " + path + " could not be read: " + error;
    complain(why);
    run_.incomplete_because.push_back(why);
  }
  return {};
}

std::string AuditSession::read_findings_baseline() {
  const Config& config = input_.config;
  if (config.is_release) {
    if (!options_.baseline.empty())
      return "a release is judged without a findings baseline: leave out --baseline or --gate "
             "release";
    if (!config.baseline.empty())
      tell("note: the baseline " + config.baseline +
           " does not count for a release: its findings do");
    return {};
  }
  if (options_.without_baseline) return {};
  const bool typed = !options_.baseline.empty();
  if (!typed && config.baseline.empty()) return {};
  const fs::path path = typed ? fs::path(from_here(options_.baseline)) : base_ / config.baseline;
  std::error_code ignored;
  const std::string shown = shown_path(path, base_);
  if (!fs::exists(path, ignored))
    return "the baseline " + shown + " does not exist: `schemaudit baseline` writes it";
  std::string error;
  std::optional<std::string> text = read_file(path, error);
  if (text) input_.baseline = read_baseline(*text, error);
  if (!input_.baseline) return "the baseline " + shown + " could not be read: " + error;
  input_.baseline->file = shown;
  return {};
}

/// With nothing given and no config: what this folder and the environment offer.
void AuditSession::look_around(FileSources& sources, std::string& database) const {
  std::error_code ignored;
  for (const char* place :
       {"docs/schema", "docs/database", "docs", "doc", "schema.md", "DATABASE.md", "README.md"}) {
    if (!fs::exists(base_ / place, ignored)) continue;
    sources.docs = {{place, DocumentState::current}};
    tell(std::string("taking the docs from ") + place);
    break;
  }
  if (std::getenv("DATABASE_URL")) {
    database = "env:DATABASE_URL";
    tell("taking the database from DATABASE_URL");
  }
}

std::string AuditSession::open_sources() {
  const Config& config = input_.config;
  FileSources files;
  for (const std::string& path : options_.docs)
    files.docs.push_back({from_here(path), DocumentState::current});
  for (const std::string& path : options_.sql) files.sql.push_back(path_from_here(path));
  for (const std::string& path : options_.models) files.models.push_back(path_from_here(path));
  // What is typed wins over the config, SQL files over its folder of migrations.
  if (!options_.migrations.empty())
    files.migrations = from_here(options_.migrations);
  else if (files.sql.empty())
    files.migrations = config.migrations;
  if (files.sql.empty() && files.migrations.empty()) files.sql = config.sql;
  if (files.docs.empty()) files.docs = config.docs;
  if (files.models.empty()) files.models = config.models;
  std::vector<std::string> databases =
      options_.databases.empty() ? config.databases : options_.databases;
  if (databases.size() > 1) return "one database at a time: audit each by itself";
  std::string database = databases.empty() ? std::string() : databases.front();
  if (!options_.databases.empty() && database.starts_with("snapshot:"))
    database = "snapshot:" + from_here(database.substr(9));
  bool is_live = !databases.empty();
  if (files.empty() && !is_live) {
    look_around(files, database);
    is_live = !database.empty();
  }
  if (!files.sql.empty() && !files.migrations.empty())
    return "name either SQL files or migrations: both would declare the schema";
  if (files.empty() && !is_live)
    return "nothing to audit: name documents and a database (schemaudit audit docs/ --db URL), "
           "let `schemaudit init` write a schemaudit.toml, or write one";

  if (std::string wrong = open_files(files, base_, input_); !wrong.empty()) return wrong;
  if (is_live)
    if (std::string wrong = open_live(database, input_); !wrong.empty()) return wrong;
  if (std::string wrong = open_before(); !wrong.empty()) return wrong;
  if (options_.changed_since.empty()) return {};
  return find_earlier(files, is_live ? std::optional(database) : std::nullopt);
}

std::string AuditSession::open_files(const FileSources& sources, const fs::path& base,
                                     AuditInput& input) {
  // Documents are read beside the replay of SQL, each on a processor of its own; not beside a
  // scratch server, which is a child of this process and wants no threads around.
  const bool is_scratch = options_.scratch.used();
  std::future<OpenedSource> documents;
  if (!sources.docs.empty())
    documents = std::async(is_scratch ? std::launch::deferred : std::launch::async,
                           [&] { return open_documents(sources.docs, base); });
  if (documents.valid() && is_scratch) documents.wait();
  std::optional<OpenedSource> sql;
  if (!sources.sql.empty()) {
    ScratchDatabases scratch(options_.scratch.url);
    sql = open_sql(sources.sql, base, is_scratch ? &scratch : nullptr);
  }
  if (documents.valid()) {
    OpenedSource opened = documents.get();
    if (!is_earlier_) run_.counts = opened.counts;
    if (std::string wrong = take(opened, "the documents", input); !wrong.empty()) return wrong;
  }
  if (sql)
    if (std::string wrong = take(*sql, "the SQL files", input); !wrong.empty()) return wrong;
  if (!sources.migrations.empty()) {
    OpenedSource opened = open_migrations(sources.migrations, base);
    if (std::string wrong = take(opened, "the migrations", input); !wrong.empty()) return wrong;
  }
  if (!sources.models.empty()) {
    OpenedSource opened = open_models(sources.models, base);
    if (std::string wrong = take(opened, "the models", input); !wrong.empty()) return wrong;
  }
  return {};
}

std::string AuditSession::open_live(const std::string& named, AuditInput& input) {
  DatabaseScope scope;
  scope.schemas = input.config.schemas;
  scope.ignore = input.config.ignore;
  scope.queries = queries_of(input);
  scope.questions = &input.config;
  if (const SourceResult* declared = input.source(Role::declared))
    scope.also_schemas = schemas_of(*declared);
  OpenedSource opened = open_database(named, scope, base_);
  note_absent_schemas(opened);
  input.broken_queries = std::move(opened.broken_queries);
  input.prepared_queries = opened.prepared_queries;
  input.queries_prepared = opened.queries_prepared;
  input.live_answers = std::move(opened.live_answers);
  return take(opened, "the database", input);
}

std::string AuditSession::open_before() {
  const std::string& before = options_.before.empty() ? input_.config.before : options_.before;
  if (before.empty()) return {};
  DatabaseScope scope;
  scope.schemas = input_.config.schemas;
  scope.ignore = input_.config.ignore;
  std::error_code ignored;
  ScratchDatabases scratch(options_.scratch.url);
  OpenedSource opened =
      open_source(before, options_.before.empty() ? base_ : fs::current_path(ignored),
                  options_.scratch.used() ? &scratch : nullptr, scope);
  if (opened.source) opened.source->role = Role::before;
  return take(opened, "the earlier state", input_);
}

/// The same audit over the files as they were, judged by today's config.
std::string AuditSession::find_earlier(const FileSources& sources,
                                       const std::optional<std::string>& database) {
  RevisionFiles files = check_out_revision(options_.changed_since, base_);
  if (!files.error.empty()) return files.error;
  FileSources then = sources;
  for (DocsPath& path : then.docs) path.glob = files.then(path.glob);
  for (std::string& path : then.sql) path = files.then(path);
  for (std::string& path : then.models) path = files.then(path);
  if (!then.migrations.empty()) then.migrations = files.then(then.migrations);
  AuditInput earlier;
  earlier.config = input_.config;
  earlier.evidence = input_.evidence;
  is_earlier_ = true;
  std::string wrong = open_files(then, files.base(), earlier);
  if (wrong.empty() && database) wrong = open_live(*database, earlier);
  if (const SourceResult* before = input_.source(Role::before); wrong.empty() && before)
    earlier.sources.push_back(*before);
  if (wrong.empty()) wrong = mark_applied_steps(earlier);
  is_earlier_ = false;
  if (!wrong.empty()) return "as of " + options_.changed_since + ": " + wrong;
  const Activity activity("running the rules as of " + options_.changed_since);
  EarlierFindings found{files.revision, {}};
  for (const Finding& finding : run_audit(earlier, {}, plugins_.rules).findings)
    found.fingerprints.push_back(finding.fingerprint);
  std::sort(found.fingerprints.begin(), found.fingerprints.end());
  input_.earlier = std::move(found);
  return {};
}

/// A schema that is asked for and is not there is a slip more often than a wish.
void AuditSession::note_absent_schemas(const OpenedSource& opened) const {
  if (!opened.source || is_earlier_) return;
  for (const std::string& glob : input_.config.schemas) {
    const std::vector<Namespace>& there = opened.source->schema.namespaces;
    if (std::none_of(there.begin(), there.end(),
                     [&](const Namespace& space) { return matches_glob(glob, space.name); }))
      tell("note: [scope] schemas names " + glob + ", and " + opened.source->name +
           " has no such schema");
  }
}

std::string AuditSession::take(OpenedSource& opened, const std::string& what, AuditInput& input) {
  // What was not there yet at the revision has brought nothing.
  if (is_earlier_ && !opened.source) return {};
  if (!is_earlier_)
    for (const std::string& note : opened.notes) tell(note);
  if (!opened.source) {
    if (opened.usage_error) return opened.error;
    complain(opened.error);
    run_.incomplete_because.push_back(what + " could not be opened: " + opened.error);
    return {};
  }
  if (opened.source->schema.relations.empty() && !is_earlier_)
    run_.incomplete_because.push_back("no table was found in " + what);
  const Role role = opened.source->role;
  if (role == Role::declared || role == Role::modelled || role == Role::before) {
    const bool any = !opened.source->schema.relations.empty();
    restrict_to_scope(*opened.source, input.config);
    if (any && opened.source->schema.relations.empty() && !is_earlier_)
      run_.incomplete_because.push_back("no table of " + what +
                                        " is in scope: ignore or schemas of [scope] leave out all "
                                        "of them, and nothing was compared");
  }
  input.sources.push_back(std::move(*opened.source));
  return {};
}

}  // namespace schemaudit
