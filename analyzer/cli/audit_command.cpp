#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "analyzer/cli/audit_options.h"
#include "analyzer/cli/command.h"
#include "analyzer/cli/config_source.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/migration_source.h"
#include "analyzer/cli/model_source.h"
#include "analyzer/cli/sources.h"
#include "analyzer/cli/sql_source.h"
#include "analyzer/cli/terminal.h"
#include "analyzer/engine/applied_steps.h"
#include "analyzer/engine/audit.h"
#include "analyzer/engine/scope.h"
#include "analyzer/engine/waivers.h"
#include "analyzer/model/redact.h"
#include "reports/renderer.h"
#include "rules/plugins/plugin_loader.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

/// With nothing given and no config: what this folder and the environment offer.
void look_around(AuditOptions& options, const fs::path& base) {
  std::error_code ignored;
  for (const char* place :
       {"docs/schema", "docs/database", "docs", "doc", "schema.md", "DATABASE.md", "README.md"}) {
    if (!fs::exists(base / place, ignored)) continue;
    options.docs = {place};
    tell(std::string("taking the docs from ") + place);
    break;
  }
  if (std::getenv("DATABASE_URL")) {
    options.databases = {"env:DATABASE_URL"};
    tell("taking the database from DATABASE_URL");
  }
}

class AuditCommand {
 public:
  AuditCommand(AuditOptions options, std::vector<std::string> arguments)
      : options_(std::move(options)), started_(std::chrono::system_clock::now()) {
    run_.tool_version = SCHEMAUDIT_VERSION;
    run_.run.started_at = timestamp(started_);
    for (std::string& argument : arguments) run_.run.arguments.push_back(redact(argument));
  }

  int run() {
    std::string error;
    formats_ = output_formats(options_.formats, {"text", "json", "html"}, "text", error);
    if (!error.empty()) return usage(error);
    FoundConfig found = find_and_read_config(options_.config, options_.plugins);
    if (!found.error.empty()) return usage(found.error);
    base_ = found.base;
    plugins_ = std::move(found.plugins);
    input_.config = std::move(found.config);
    if (std::string wrong = apply_options(options_, plugins_.rules, input_.config); !wrong.empty())
      return usage(wrong);
    if (int code = read_evidence_files(); code != kPass) return code;
    if (int code = open_sources(); code != kPass) return code;
    if (std::string wrong = mark_applied_steps(input_); !wrong.empty()) return usage(wrong);
    if (std::string wrong = fault_of_inline_waivers(input_, found.rule_ids); !wrong.empty())
      return usage(wrong);
    return report();
  }

 private:
  static int usage(const std::string& text) {
    complain(text);
    return kUsage;
  }

  /// What cannot be read is a hole in the evidence; that a file is not there is a slip.
  int read_evidence_files() {
    for (const std::string& path : options_.evidence) {
      std::error_code ignored;
      if (!fs::exists(path, ignored)) return usage(path + " does not exist");
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
    return kPass;
  }

  int open_sources() {
    std::vector<DocsPath> docs;
    for (const std::string& path : options_.docs)
      docs.push_back({from_here(path), DocumentState::current});
    std::vector<std::string> sql;
    for (const std::string& path : options_.sql)
      sql.push_back(path.starts_with("command:") ? path
                    : path.starts_with("@")      ? "@" + from_here(path.substr(1))
                                                 : from_here(path));
    std::vector<std::string> databases;
    for (const std::string& url : options_.databases)
      databases.push_back(url.starts_with("snapshot:") ? "snapshot:" + from_here(url.substr(9))
                                                       : url);
    const std::string migrations = migrations_folder();
    if (sql.empty() && migrations.empty()) sql = input_.config.sql;
    if (docs.empty()) docs = input_.config.docs;
    if (databases.empty()) databases = input_.config.databases;
    std::vector<std::string> models;
    for (const std::string& path : options_.models)
      models.push_back(path.starts_with("command:") ? path : from_here(path));
    if (models.empty()) models = input_.config.models;
    auto nothing = [&] {
      return docs.empty() && databases.empty() && sql.empty() && migrations.empty() &&
             models.empty();
    };
    if (nothing()) {
      look_around(options_, base_);
      for (const std::string& path : options_.docs) docs.push_back({path, DocumentState::current});
      databases = options_.databases;
    }
    if (!sql.empty() && !migrations.empty())
      return usage("name either SQL files or migrations: both would declare the schema");
    if (nothing())
      return usage(
          "nothing to audit: name documents and a database (schemaudit audit docs/ --db URL) or "
          "write a schemaudit.toml");
    if (databases.size() > 1) return usage("one database at a time: audit each by itself");

    if (!docs.empty()) {
      OpenedSource opened = open_documents(docs, base_);
      if (int code = take(opened, "the documents"); code != kPass) return code;
    }
    if (!sql.empty()) {
      ScratchDatabases scratch(options_.scratch.url);
      OpenedSource opened = open_sql(sql, base_, options_.scratch.used() ? &scratch : nullptr);
      for (const std::string& note : opened.notes) tell(note);
      if (int code = take(opened, "the SQL files"); code != kPass) return code;
    }
    if (!migrations.empty()) {
      OpenedSource opened = open_migrations(migrations, base_);
      if (int code = take(opened, "the migrations"); code != kPass) return code;
    }
    if (!models.empty()) {
      OpenedSource opened = open_models(models, base_);
      if (int code = take(opened, "the models"); code != kPass) return code;
    }
    if (!databases.empty()) {
      DatabaseScope scope;
      scope.schemas = input_.config.schemas;
      scope.ignore = input_.config.ignore;
      scope.queries = queries();
      scope.questions = &input_.config;
      if (const SourceResult* declared = input_.source(Role::declared))
        scope.also_schemas = schemas_of(*declared);
      OpenedSource opened = open_database(databases.front(), scope, base_);
      for (const std::string& note : opened.notes) tell(note);
      note_absent_schemas(opened);
      input_.broken_queries = std::move(opened.broken_queries);
      input_.prepared_queries = opened.prepared_queries;
      input_.queries_prepared = opened.queries_prepared;
      input_.live_answers = std::move(opened.live_answers);
      if (int code = take(opened, "the database"); code != kPass) return code;
    }
    return open_before();
  }

  /// Of the command line, else of the config; a file of SQL on the command line wins over the
  /// config's folder.
  std::string migrations_folder() const {
    if (!options_.migrations.empty()) return from_here(options_.migrations);
    return options_.sql.empty() ? input_.config.migrations : std::string();
  }

  int open_before() {
    const std::string& before = options_.before.empty() ? input_.config.before : options_.before;
    if (before.empty()) return kPass;
    DatabaseScope scope;
    scope.schemas = input_.config.schemas;
    scope.ignore = input_.config.ignore;
    std::error_code ignored;
    ScratchDatabases scratch(options_.scratch.url);
    OpenedSource opened =
        open_source(before, options_.before.empty() ? base_ : fs::current_path(ignored),
                    options_.scratch.used() ? &scratch : nullptr, scope);
    for (const std::string& note : opened.notes) tell(note);
    if (opened.source) opened.source->role = Role::before;
    return take(opened, "the earlier state");
  }

  /// A schema that is asked for and is not there is a slip more often than a wish.
  void note_absent_schemas(const OpenedSource& opened) const {
    if (!opened.source) return;
    for (const std::string& glob : input_.config.schemas) {
      const std::vector<Namespace>& there = opened.source->schema.namespaces;
      if (std::none_of(there.begin(), there.end(),
                       [&](const Namespace& space) { return matches_glob(glob, space.name); }))
        tell("note: [scope] schemas names " + glob + ", and " + opened.source->name +
             " has no such schema");
    }
  }

  /// Queries of documents that speak of today; a plan's may need what is not there yet.
  std::vector<DocumentedQuery> queries() const {
    std::vector<DocumentedQuery> queries;
    if (const SourceResult* documents = input_.source(Role::documented))
      for (const DocumentReading& document : documents->documents)
        if (document.state == DocumentState::current)
          queries.insert(queries.end(), document.queries.begin(), document.queries.end());
    return queries;
  }

  int take(OpenedSource& opened, const std::string& what) {
    if (!opened.source) {
      if (opened.usage_error) return usage(opened.error);
      complain(opened.error);
      run_.incomplete_because.push_back(what + " could not be opened: " + opened.error);
      return kPass;
    }
    if (opened.source->schema.relations.empty())
      run_.incomplete_because.push_back("no table was found in " + what);
    const Role role = opened.source->role;
    if (role == Role::declared || role == Role::modelled || role == Role::before)
      restrict_to_scope(*opened.source, input_.config);
    input_.sources.push_back(std::move(*opened.source));
    return kPass;
  }

  int report() {
    auto finished = std::chrono::system_clock::now();
    run_.run.finished_at = timestamp(finished);
    run_.run.seconds = std::chrono::duration<double>(finished - started_).count();
    Report report = run_audit(input_, run_, plugins_.rules);
    int exit_code = exit_code_of(report);
    for (const OutputFormat& format : formats_) {
      std::string content;
      if (format.format == "json") content = render_json(report);
      if (format.format == "html") content = render_html(report);
      if (format.format == "text")
        content = render_text(report, style_for(format.path, options_.color));
      std::string error = write_result(format.path, content);
      if (error.empty()) continue;
      complain(error);
      if (exit_code == kPass) exit_code = kIncomplete;
    }
    return exit_code;
  }

  AuditOptions options_;
  std::chrono::system_clock::time_point started_;
  std::vector<OutputFormat> formats_;
  fs::path base_;
  LoadedPlugins plugins_;
  AuditInput input_;
  AuditRun run_;
};

}  // namespace

void add_audit_command(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("audit", "Compare sources, run the rules, write reports: the main job");
  auto options = std::make_shared<AuditOptions>();
  auto more_docs = std::make_shared<std::vector<std::string>>();
  // CLI11 2.4 refuses a positional named as an option is; names differ by case. Each fills a list
  // of its own, for CLI11 clears the list that it fills.
  command->add_option("DOCS", options->docs, "Markdown files, folders or globs");
  command->add_option("--docs", *more_docs, "The same, as an option")
      ->type_name("PATH")
      ->allow_extra_args(false)
      ->take_all();
  command
      ->add_option("--migrations", options->migrations,
                   "The folder of migrations that build the declared schema")
      ->type_name("DIR");
  command
      ->add_option("--models", options->models,
                   "SQLAlchemy or Prisma models: files, folders, globs, or command:...; repeatable")
      ->type_name("PATH")
      ->allow_extra_args(false)
      ->take_all();
  command
      ->add_option("--before", options->before,
                   "An earlier state to compare with: snapshot:FILE, sql:PATH, db:URL")
      ->type_name("SOURCE");
  command
      ->add_option("--db", options->databases,
                   "libpq URL or conninfo, env:NAME or snapshot:FILE; empty takes DATABASE_URL")
      ->type_name("URL")
      ->expected(0, 1);
  command
      ->add_option("--sql", options->sql,
                   "SQL files, folders, globs or @LISTs that build the declared schema; repeatable")
      ->type_name("PATH")
      ->allow_extra_args(false)
      ->take_all();
  add_scratch_options(*command, options->scratch);
  command->add_option("--config", options->config, "Default: schemaudit.toml, found upward")
      ->type_name("FILE");
  command
      ->add_option("--format", options->formats,
                   "text, json or html, with =PATH to write a file; repeatable")
      ->type_name("FMT[=PATH]")
      ->allow_extra_args(false)
      ->take_all();
  command
      ->add_option("--fail-on", options->fail_on,
                   "Lowest severity that fails: critical, high (default), medium, low, info, never")
      ->type_name("LEVEL")
      ->check(CLI::IsMember({"critical", "high", "medium", "low", "info", "never"}));
  command->add_option("--select", options->select, "Only these rules or categories")
      ->type_name("ID,...")
      ->allow_extra_args(false)
      ->take_all();
  command->add_option("--ignore", options->ignore, "Not these rules or categories")
      ->type_name("ID,...")
      ->allow_extra_args(false)
      ->take_all();
  command->add_option("--rule", options->rules, "Another severity for a rule, or off")
      ->type_name("ID=LEVEL")
      ->allow_extra_args(false)
      ->take_all();
  command
      ->add_option("--evidence", options->evidence,
                   "What verify or rehearse wrote, for the criteria; repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->take_all();
  command->add_option("--plugin", options->plugins, "A shared library with rules; repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->take_all();
  command->add_option("--profile", options->profile, "recommended, strict or all")
      ->check(CLI::IsMember({"recommended", "strict", "all"}));
  command->add_option("--color", options->color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->footer(
      "Examples:\n"
      "  schemaudit audit docs/ --db postgresql://app@localhost/shop\n"
      "  schemaudit audit --format text --format html=report.html\n"
      "  schemaudit audit docs/ --db env:DATABASE_URL --fail-on medium");
  command->callback([command, options, more_docs, &exit_code] {
    options->docs.insert(options->docs.end(), more_docs->begin(), more_docs->end());
    // `--db` alone means DATABASE_URL or the libpq environment.
    if (command->count("--db") > 0 && options->databases.empty()) options->databases = {""};
    std::vector<std::string> arguments;
    for (const CLI::Option* option : command->get_options())
      for (const std::string& result : option->results())
        arguments.push_back(option->get_name() + " " + result);
    exit_code = AuditCommand(*options, std::move(arguments)).run();
  });
}

}  // namespace schemaudit
