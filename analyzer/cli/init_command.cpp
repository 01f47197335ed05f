#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>

#include "analyzer/cli/command.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/migration_source.h"
#include "analyzer/cli/model_source.h"
#include "analyzer/cli/project_survey.h"
#include "analyzer/cli/sql_source.h"
#include "analyzer/engine/proposed_policies.h"
#include "analyzer/model/config_text.h"
#include "reports/report_words.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

struct InitOptions {
  bool print = false;
  bool force = false;
};

std::string list_of(const std::vector<std::string>& texts) {
  if (texts.size() == 1) return toml_string(texts.front());
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + toml_string(text);
  return "[" + list + "]";
}

std::string docs_line(const std::vector<DocsPath>& docs) {
  if (docs.size() == 1 && docs.front().state == DocumentState::current)
    return "docs = " + toml_string(docs.front().glob) + "\n";
  std::string lines = "docs = [\n";
  for (const DocsPath& path : docs)
    lines += "  " +
             (path.state == DocumentState::current
                  ? toml_string(path.glob)
                  : "{ path = " + toml_string(path.glob) +
                        ", state = " + toml_string(std::string(to_string(path.state))) + " }") +
             ",\n";
  return lines + "]\n";
}

std::string commented(const std::string& text) {
  std::string lines = "# ";
  for (const char c : text) {
    lines += c;
    if (c == '\n') lines += "# ";
  }
  return lines + "\n";
}

/// The schema that is known best without a database: what is built, else what documents state.
std::optional<Schema> known_schema(const ProjectSurvey& found, const fs::path& folder) {
  OpenedSource opened;
  if (!found.migrations.empty())
    opened = open_migrations(found.migrations, folder);
  else if (!found.sql.empty())
    opened = open_sql(found.sql, folder, nullptr);
  else if (!found.models.empty())
    opened = open_models(found.models, folder);
  else if (!found.docs.empty())
    opened = open_documents(found.docs, folder);
  if (!opened.source) return std::nullopt;
  return std::move(opened.source->schema);
}

std::string config_text(const ProjectSurvey& found, const fs::path& folder) {
  std::string text =
      "# What schemaudit compares, and the rules of this project.\n"
      "# All keys: schemaudit json-schema config, or docs/config.md.\n\n[sources]\n";
  for (const std::string& note : found.doc_notes) text += commented(note);
  text += found.docs.empty() ? "# docs = \"docs/schema/*.md\"\n" : docs_line(found.docs);
  if (!found.migrations.empty()) text += "migrations = " + toml_string(found.migrations) + "\n";
  if (!found.more_migrations.empty()) {
    text += "# There are several folders of migrations: name the one of this database.\n";
    for (const std::string& path : found.more_migrations)
      text += "# migrations = " + toml_string(path) + "\n";
  }
  if (!found.sql.empty()) text += "sql = " + list_of(found.sql) + "\n";
  if (!found.models.empty()) text += "models = " + list_of(found.models) + "\n";
  text += std::string(found.has_database_url ? "" : "# ") + "database = \"env:DATABASE_URL\"\n\n";
  text +=
      "[gate]\n# From this severity on a finding fails the audit.\nfail_on = \"high\"\n"
      "# Findings of today that may stay for now: `schemaudit baseline` writes them.\n"
      "# baseline = \"schemaudit-baseline.json\"\n";
  const std::optional<Schema> schema = known_schema(found, folder);
  const std::vector<ProposedPolicy> proposals =
      schema ? propose_policies(*schema) : std::vector<ProposedPolicy>();
  if (!proposals.empty())
    text += "\n# Habits of this schema. Take away the # to make them rules.\n";
  for (const ProposedPolicy& each : proposals)
    text += "\n" + commented(each.why) + commented(each.toml);
  return text;
}

void tell_what_was_found(const ProjectSurvey& found) {
  for (const DocsPath& path : found.docs)
    tell("docs: " + path.glob +
         (path.state == DocumentState::current ? std::string()
                                               : " (" + std::string(to_string(path.state)) + ")"));
  if (!found.docs.empty()) tell("they tell of " + counted(found.documented_tables, "table"));
  if (!found.migrations.empty()) tell("migrations: " + found.migrations);
  for (const std::string& path : found.more_migrations) tell("migrations, perhaps: " + path);
  for (const std::string& path : found.models) tell("models: " + path);
  for (const std::string& path : found.sql) tell("SQL: " + path);
  if (found.cut) tell("the folder holds too many files: not all of them were looked at");
}

int run_init(const InitOptions& options) {
  std::error_code ignored;
  const fs::path folder = fs::current_path(ignored);
  const fs::path target = folder / "schemaudit.toml";
  if (!options.print && !options.force && fs::exists(target, ignored)) {
    complain(
        "schemaudit.toml is already here: --print shows what would be written, --force "
        "writes it anew");
    return kUsage;
  }
  const ProjectSurvey found = survey_project(folder);
  tell_what_was_found(found);
  const std::string text = config_text(found, folder);
  if (std::string error = write_result(options.print ? "-" : target.string(), text);
      !error.empty()) {
    complain(error);
    return kIncomplete;
  }
  const bool nothing =
      found.docs.empty() && found.migrations.empty() && found.models.empty() && found.sql.empty();
  if (nothing) tell("no schema docs, migrations or models were found here: name them in [sources]");
  if (!options.print) tell("wrote schemaudit.toml; next: schemaudit audit");
  return kPass;
}

}  // namespace

void add_init_command(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("init", "Look at this folder and write a first schemaudit.toml for it");
  auto options = std::make_shared<InitOptions>();
  command->add_flag("--print", options->print, "Write it to standard output instead");
  command->add_flag("--force", options->force, "Write it also where there is one");
  command->footer(
      "Nothing of the project is run, and no database is asked.\n"
      "Example:\n"
      "  schemaudit init && schemaudit audit");
  command->callback([options, &exit_code] { exit_code = run_init(*options); });
}

}  // namespace schemaudit
