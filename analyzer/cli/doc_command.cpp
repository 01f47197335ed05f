#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "analyzer/cli/audit_options.h"
#include "analyzer/cli/command.h"
#include "analyzer/cli/config_source.h"
#include "analyzer/cli/doc_report.h"
#include "analyzer/cli/docs_in_line.h"
#include "analyzer/cli/document_files.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/migration_source.h"
#include "analyzer/cli/model_source.h"
#include "analyzer/cli/output_places.h"
#include "analyzer/cli/progress.h"
#include "analyzer/cli/sources.h"
#include "analyzer/cli/sql_source.h"
#include "analyzer/engine/scope.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

struct DocOptions {
  std::string source;
  std::vector<std::string> docs;
  std::string out;
  std::string style;
  bool check = false;
  bool diff = false;
  std::string config;
  std::vector<std::string> formats;
  ScratchOption scratch;
};

class DocCommand {
 public:
  explicit DocCommand(const DocOptions& options) : options_(options) {}

  int run() {
    std::string error;
    std::vector<OutputFormat> formats =
        output_formats(options_.formats, {"text", "json"}, "text", error);
    if (!error.empty()) return usage(error);
    FoundConfig found = find_and_read_config(options_.config);
    if (!found.error.empty()) return usage(found.error);
    base_ = found.base;
    config_ = std::move(found.config);
    if (int code = open_built(); code != kPass) return code;
    if (!found.file.uri.empty()) inputs_.push_back(base_ / found.file.uri);
    if (int code = read_documents(); code != kPass) return code;
    std::vector<fs::path> read = inputs_;
    for (const DocumentText& document : files_.documents) read.push_back(base_ / document.uri);
    if (error = fault_of_outputs(paths_of(formats), read); !error.empty()) return usage(error);

    DocsInLine done = in_line();
    // Documents are there to be written over; what they are written from is not.
    std::vector<std::string> documents;
    for (const ChangedDocument& change : done.changes)
      documents.push_back((base_ / change.uri).string());
    if (error = fault_of_outputs(documents, inputs_); !error.empty()) return usage(error);
    const DocAction action = options_.check  ? DocAction::check
                             : options_.diff ? DocAction::preview
                                             : DocAction::write;
    int code = kPass;
    if (action == DocAction::write) code = write(done);
    if (!done.left.empty() || (action == DocAction::check && !done.changes.empty()))
      code = code == kPass ? kFindings : code;
    for (const OutputFormat& format : formats) {
      std::string content = format.format == "json" ? doc_json(done, action)
                            : options_.diff         ? doc_diff(done)
                                                    : doc_text(done, action);
      std::string failed = write_result(format.path, content);
      // A patch is for a program to read; what is left goes beside it.
      if (options_.diff && format.format == "text") tell_what_is_left(done, action);
      if (failed.empty()) continue;
      complain(failed);
      if (code == kPass) code = kIncomplete;
    }
    return code;
  }

 private:
  DocsInLine in_line() {
    const Activity activity("bringing the documents in line");
    return bring_docs_in_line(files_.documents, *built_, config_, settings_);
  }

  static int usage(const std::string& text) {
    complain(text);
    return kUsage;
  }

  static void tell_what_is_left(const DocsInLine& done, DocAction action) {
    if (done.left.empty()) return;
    DocsInLine left;
    left.left = done.left;
    std::string text = doc_text(left, action);
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = std::min(text.find('\n', at), text.size());
      if (end > at) tell(text.substr(at, end - at));
      at = end + 1;
    }
  }

  OpenedSource open_of_config() {
    DatabaseScope scope;
    scope.schemas = config_.schemas;
    scope.ignore = config_.ignore;
    if (!config_.databases.empty()) return open_database(config_.databases.front(), scope, base_);
    if (!config_.migrations.empty()) return open_migrations(config_.migrations, base_);
    ScratchDatabases scratch(options_.scratch.url);
    if (!config_.sql.empty())
      return open_sql(config_.sql, base_, options_.scratch.used() ? &scratch : nullptr);
    if (!config_.models.empty()) return open_models(config_.models, base_);
    if (std::getenv("DATABASE_URL")) return open_database("env:DATABASE_URL", scope, base_);
    OpenedSource none;
    none.usage_error = true;
    none.error =
        "nothing to write docs from: name a source (schemaudit doc db:URL), or write one into a "
        "schemaudit.toml";
    return none;
  }

  /// What the docs are to say.
  int open_built() {
    std::error_code ignored;
    DatabaseScope scope;
    scope.schemas = config_.schemas;
    scope.ignore = config_.ignore;
    ScratchDatabases scratch(options_.scratch.url);
    OpenedSource opened = options_.source.empty()
                              ? open_of_config()
                              : open_source(options_.source, fs::current_path(ignored),
                                            options_.scratch.used() ? &scratch : nullptr, scope);
    for (const std::string& note : opened.notes) tell(note);
    if (!opened.source) {
      complain(opened.error);
      return opened.usage_error ? kUsage : kIncomplete;
    }
    if (opened.source->kind == "docs")
      return usage("docs are written from a database, SQL, migrations or models, not from docs");
    built_ = std::move(opened.source);
    inputs_ = input_paths(options_.source, *built_,
                          options_.source.empty() ? base_ : fs::current_path(ignored));
    if (built_->role != Role::live) restrict_to_scope(*built_, config_);
    for (const Problem& problem : built_->problems) {
      if (problem.kind != ProblemKind::unreadable) continue;
      complain((problem.origin.from_file() ? to_string(problem.origin) + ": " : "") +
               problem.message);
      return kIncomplete;
    }
    if (!built_->schema.relations.empty()) return kPass;
    complain("no table was found in " + built_->name + ", so there is nothing to write");
    return kIncomplete;
  }

  /// Where the documents are; with nothing named, where they usually are.
  std::vector<DocsPath> paths() {
    std::vector<DocsPath> paths;
    for (const std::string& path : options_.docs)
      paths.push_back({from_here(path), DocumentState::current});
    if (!paths.empty()) return paths;
    if (!config_.docs.empty()) return config_.docs;
    std::error_code ignored;
    for (const char* place : {"docs/schema", "docs/database", "docs", "doc", "schema.md"})
      if (fs::exists(base_ / place, ignored)) return {{place, DocumentState::current}};
    return {};
  }

  /// A folder, or a glob, that holds no document yet: the first one goes there.
  bool may_be_empty(const std::string& path) const {
    std::error_code ignored;
    return path.find_first_of("*?") != std::string::npos || fs::is_directory(base_ / path, ignored);
  }

  int read_documents() {
    std::vector<DocsPath> named = paths();
    std::error_code ignored;
    // What an earlier run wrote there is refreshed like any other document.
    if (!options_.out.empty() && fs::exists(base_ / from_here(options_.out), ignored))
      named.push_back({from_here(options_.out), DocumentState::current});
    std::vector<DocsPath> there;
    for (const DocsPath& path : named) {
      DocumentFiles one = read_document_files({path}, base_);
      if (one.error.empty())
        there.push_back(path);
      else if (!may_be_empty(path.glob))
        return usage(one.error);
    }
    files_ = read_document_files(there, base_);
    for (const Problem& problem : files_.unread) {
      complain((problem.origin.from_file() ? to_string(problem.origin) + ": " : "") +
               problem.message);
      return kIncomplete;
    }
    settings_.default_folder = named.empty() ? "docs/schema" : folder_of(named.front().glob);
    if (!options_.out.empty()) settings_.out = shown_path(from_here(options_.out), base_);
    if (options_.style == "table") settings_.form = DocumentForm::column_table;
    if (options_.style == "bullets") settings_.form = DocumentForm::list;
    if (options_.style == "sql") settings_.form = DocumentForm::sql;
    settings_.is_taken = [this](const std::string& uri) {
      std::error_code unused;
      return fs::exists(base_ / uri, unused);
    };
    return kPass;
  }

  /// `docs/schema` of `docs/schema/**/*.md`.
  std::string folder_of(const std::string& glob) const {
    std::string shown = fs::path(glob).is_absolute() ? shown_path(glob, base_) : glob;
    std::size_t wild = shown.find_first_of("*?");
    std::error_code ignored;
    if (wild == std::string::npos) {
      if (!fs::path(shown).has_extension() || fs::is_directory(base_ / shown, ignored)) {
        while (shown.size() > 1 && shown.ends_with('/')) shown.pop_back();
        return shown == "." ? "" : shown;
      }
      wild = shown.size();
    }
    std::size_t slash = shown.rfind('/', wild);
    return slash == std::string::npos ? "" : shown.substr(0, slash);
  }

  int write(const DocsInLine& done) {
    for (const ChangedDocument& change : done.changes) {
      const fs::path path = base_ / change.uri;
      std::error_code failed;
      fs::create_directories(path.parent_path(), failed);
      std::string error = failed
                              ? path.parent_path().string() + " cannot be made: " + failed.message()
                              : write_result(path.string(), change.after);
      if (error.empty()) continue;
      complain(error);
      return kIncomplete;
    }
    return kPass;
  }

  const DocOptions& options_;
  fs::path base_;
  Config config_;
  std::optional<SourceResult> built_;
  /// What that was read from, and the config.
  std::vector<fs::path> inputs_;
  DocumentFiles files_;
  DocsOptions settings_;
};

}  // namespace

void add_doc_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("doc", "Write or refresh schema docs from a source");
  auto options = std::make_shared<DocOptions>();
  command->add_option("source", options->source,
                      "db:URL, sql:PATH, migrations:DIR, models:PATH, snapshot:FILE; default: the "
                      "config's database, else its migrations, SQL or models");
  command
      ->add_option("--docs", options->docs,
                   "Documents to refresh: files, folders or globs; default: those of the config")
      ->type_name("PATH")
      ->allow_extra_args(false)
      ->take_all();
  command
      ->add_option("--out", options->out,
                   "Where new tables go: a folder for a file each, or one .md file; default: as "
                   "the docs that are there")
      ->type_name("PATH");
  command
      ->add_option("--style", options->style,
                   "table, bullets or sql; default: as the docs that are there")
      ->check(CLI::IsMember({"table", "bullets", "sql"}));
  command->add_flag("--check", options->check,
                    "Write nothing; exit with 1 where something would change or is left");
  command->add_flag("--diff", options->diff, "Write nothing; print the changes as a patch");
  command->add_option("--config", options->config, "Default: schemaudit.toml, found upward")
      ->type_name("FILE");
  command->add_option("--format", options->formats, "text (default) or json, with =PATH")
      ->type_name("FMT[=PATH]")
      ->allow_extra_args(false)
      ->take_all();
  add_scratch_options(*command, options->scratch);
  command->footer(
      "Exit codes: 0 the docs say what is built, 1 something is left for a person (with --check: "
      "or would change), 2 usage, 3 a source could not be read.\n"
      "Examples:\n"
      "  schemaudit doc\n"
      "  schemaudit doc db:postgresql://app@localhost/shop --docs docs/schema --diff\n"
      "  schemaudit doc sql:db/schema.sql --check");
  command->callback([options, &exit_code] { exit_code = DocCommand(*options).run(); });
}

}  // namespace schemaudit
