#include <CLI/CLI.hpp>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <memory>

#include "analyzer/cli/audit_options.h"
#include "analyzer/cli/command.h"
#include "analyzer/cli/config_source.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/migration_source.h"
#include "analyzer/cli/output_places.h"
#include "analyzer/cli/progress.h"
#include "analyzer/cli/rehearsal_report.h"
#include "analyzer/cli/sql_source.h"
#include "analyzer/cli/terminal.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

struct RehearseOptions {
  std::string migrations, config, from, scratch_url, evidence;
  std::vector<std::string> before, rows, formats;
  std::string color = "auto";
  bool no_generated_rows = false;
};

int usage(const std::string& text) {
  complain(text);
  return kUsage;
}

int write_all(const RehearsalReport& report, const std::vector<OutputFormat>& formats,
              const RehearseOptions& options) {
  int exit_code = report.verdict() == RehearsalVerdict::fail         ? kFindings
                  : report.verdict() == RehearsalVerdict::incomplete ? kIncomplete
                                                                     : kPass;
  auto write = [&](const std::string& path, const std::string& content) {
    const std::string failed = write_result(path, content);
    if (failed.empty()) return;
    complain(failed);
    if (exit_code == kPass) exit_code = kIncomplete;
  };
  for (const OutputFormat& format : formats)
    write(format.path, format.format == "json"
                           ? rehearsal_json(report)
                           : rehearsal_text(report, style_for(format.path, options.color)));
  if (!options.evidence.empty()) write(options.evidence, evidence_json(evidence_of(report)));
  return exit_code;
}

int run_rehearse(const RehearseOptions& options) {
  const auto started = std::chrono::system_clock::now();
  std::string error;
  const std::vector<OutputFormat> formats =
      output_formats(options.formats, {"text", "json"}, "text", error);
  if (!error.empty()) return usage(error);
  FoundConfig found = find_and_read_config(options.config);
  if (!found.error.empty()) return usage(found.error);
  std::error_code ignored;
  const fs::path here = fs::current_path(ignored);
  const bool typed = !options.migrations.empty();
  const std::string path = typed ? options.migrations : found.config.migrations;
  if (path.empty())
    return usage(
        "nothing to rehearse: name the folder of migrations, or a plan (schemaudit rehearse "
        "db/migrations)");

  MigrationFolder folder = read_migration_folder(path, typed ? here : found.base);
  if (!folder.error.empty()) {
    complain(folder.error);
    return folder.usage_error ? kUsage : kIncomplete;
  }
  SqlFiles before, rows;
  if (!options.before.empty()) before = read_sql_files(options.before, here);
  if (!options.rows.empty()) rows = read_sql_files(options.rows, here);
  if (!before.error.empty()) return usage(before.error);
  if (!rows.error.empty()) return usage(rows.error);

  std::vector<fs::path> inputs;
  auto read = [&](const std::vector<InputFile>& files, const fs::path& base) {
    for (const InputFile& file : files) inputs.push_back(base / file.uri);
  };
  read(folder.files, typed ? here : found.base);
  read(before.files, here);
  read(rows.files, here);
  if (!found.file.uri.empty()) inputs.push_back(found.base / found.file.uri);
  std::vector<std::string> outputs = paths_of(formats);
  outputs.push_back(options.evidence);
  if (error = fault_of_outputs(outputs, inputs); !error.empty()) return usage(error);

  RehearsalPlan plan;
  plan.migrations = std::move(folder.reading);
  plan.before = std::move(before.texts);
  plan.rows = std::move(rows.texts);
  const bool states_applied = !found.config.applied.empty() && found.config.applied != "none";
  plan.from = !options.from.empty() ? options.from
              : states_applied      ? found.config.applied
                                    : std::string();
  plan.generate_rows = !options.no_generated_rows;
  plan.isolation = found.config.policy.isolation;

  RehearsalReport report;
  report.tool_version = SCHEMAUDIT_VERSION;
  report.started_at = timestamp(started);
  report.tool = plan.migrations.tool;
  report.folder = folder.name;
  report.digest = folder.digest;
  report.before = before.name;
  report.history_is_stated = states_applied && is_same_version(plan.from, found.config.applied);
  report.rows = rows.name;
  for (const IsolationPolicy& policy : plan.isolation)
    if (!policy.rollback.empty()) report.drop_only.push_back(policy.name);
  ScratchDatabases scratch(options.scratch_url);
  {
    const Activity activity("rehearsing " + folder.name);
    report.rehearsal = rehearse(plan, scratch, [&](const std::string& step) { activity.at(step); });
  }
  if (!report.rehearsal.error.empty()) {
    complain(report.rehearsal.error);
    if (report.rehearsal.unknown_version) return kUsage;
    return report.rehearsal.failed() ? kFindings : kIncomplete;
  }
  for (const std::vector<Problem>* problems :
       {&folder.unread, &before.unread, &rows.unread, &plan.migrations.problems})
    for (const Problem& problem : *problems)
      report.rehearsal.incomplete_because.push_back(to_string(problem.origin) + ": " +
                                                    problem.message);
  for (const ChainFault& fault : plan.migrations.faults)
    report.rehearsal.incomplete_because.push_back(to_string(fault.origin) + ": " + fault.message);
  report.seconds =
      std::chrono::duration<double>(std::chrono::system_clock::now() - started).count();
  return write_all(report, formats, options);
}

}  // namespace

void add_rehearse_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "rehearse", "Run migrations up, down and up again on a scratch database; prove the way back");
  auto options = std::make_shared<RehearseOptions>();
  command
      ->add_option("MIGRATIONS", options->migrations,
                   "A folder of migrations or a markdown plan; default: the config's")
      ->type_name("DIR");
  auto path_list = [&](const char* name, std::vector<std::string>& list, const char* help) {
    command->add_option(name, list, help)->type_name("PATH")->allow_extra_args(false)->take_all();
  };
  path_list("--before", options->before,
            "SQL of the state before the first step, such as a dump; repeatable");
  path_list("--rows", options->rows, "SQL that puts your own rows into that state; repeatable");
  command
      ->add_option("--from", options->from,
                   "Steps up to this version are history: not tried; default: the config's applied")
      ->type_name("VERSION");
  command->add_flag("--no-generated-rows", options->no_generated_rows,
                    "Leave the tables as --before and --rows fill them");
  command
      ->add_option("--scratch-url", options->scratch_url,
                   "A server on which databases may be created, in place of one of our own")
      ->type_name("URL");
  command->add_option("--config", options->config, "Default: schemaudit.toml, found upward")
      ->type_name("FILE");
  command->add_option("--format", options->formats, "text (default) or json, with =PATH")
      ->type_name("FMT[=PATH]")
      ->allow_extra_args(false)
      ->take_all();
  command
      ->add_option("--evidence", options->evidence,
                   "Write what was proved, for schemaudit audit --evidence")
      ->type_name("FILE");
  command->add_option("--color", options->color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->footer(
      "Exit codes: 0 every step goes up, back and up again, 1 a step fails or the catalog is not "
      "restored, 2 usage, 3 something could not be tried.\n"
      "Examples:\n"
      "  schemaudit rehearse db/migrations\n"
      "  schemaudit rehearse db/migrations --before schema.sql --from 0041\n"
      "  schemaudit rehearse docs/plans/split-users.md --before dump.sql --rows people.sql");
  command->callback([options, &exit_code] { exit_code = run_rehearse(*options); });
}

}  // namespace schemaudit
