#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "analyzer/cli/audit_options.h"
#include "analyzer/cli/command.h"
#include "analyzer/cli/diff_report.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/output_places.h"
#include "analyzer/cli/schema_text.h"
#include "analyzer/cli/sources.h"
#include "analyzer/model/snapshot.h"
#include "reports/runner_commands.h"

namespace schemaudit {

namespace {

struct SnapshotOptions {
  std::string source;
  std::vector<std::string> formats;
  ScratchOption scratch;
};

int run_snapshot(const SnapshotOptions& options) {
  std::string error;
  std::vector<OutputFormat> formats =
      output_formats(options.formats, {"json", "text"}, "json", error);
  if (!error.empty()) {
    complain(error);
    return kUsage;
  }
  std::error_code ignored;
  const std::filesystem::path base = std::filesystem::current_path(ignored);
  ScratchDatabases scratch(options.scratch.url);
  OpenedSource opened =
      open_source(options.source, base, options.scratch.used() ? &scratch : nullptr);
  for (const std::string& note : opened.notes) tell(note);
  if (!opened.source) {
    complain(opened.error);
    return opened.usage_error ? kUsage : kIncomplete;
  }
  error = fault_of_outputs(paths_of(formats), input_paths(options.source, *opened.source, base));
  if (!error.empty()) {
    complain(error);
    return kUsage;
  }
  int exit_code = kPass;
  for (const Problem& problem : opened.source->problems) {
    const bool unreadable = problem.kind == ProblemKind::unreadable;
    // What was refused or not followed is told, for the schema may lack it; documents are full of
    // such problems, which an audit judges.
    if (!unreadable && opened.source->kind != "sql") continue;
    std::string where = problem.origin.from_file() ? to_string(problem.origin) + ": " : "";
    std::string kind(word_for(problem.kind));
    std::replace(kind.begin(), kind.end(), '_', ' ');
    complain(where + kind + ": " + problem.message);
    if (unreadable) exit_code = kIncomplete;
  }
  for (const OutputFormat& format : formats) {
    std::string content = format.format == "json"
                              ? json_without_runner_commands(write_snapshot(*opened.source))
                              : schema_text(opened.source->schema);
    std::string failed = write_result(format.path, content);
    if (failed.empty()) continue;
    complain(failed);
    exit_code = kIncomplete;
  }
  return exit_code;
}

}  // namespace

void add_snapshot_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("snapshot", "One source's schema as JSON");
  auto options = std::make_shared<SnapshotOptions>();
  command
      ->add_option("source", options->source,
                   "docs:PATH, sql:PATH, migrations:DIR, models:PATH, db:URL, snapshot:FILE or "
                   "command:...")
      ->required();
  command->add_option("--format", options->formats, "json (default) or text, with =PATH")
      ->type_name("FMT[=PATH]")
      ->allow_extra_args(false)
      ->take_all();
  add_scratch_options(*command, options->scratch);
  command->footer(
      "A snapshot is the schema as it is, for comparing: passwords in defaults, comments, views "
      "and "
      "functions are in it. Keep it as you keep the database.\n"
      "Examples:\n"
      "  schemaudit snapshot db:postgresql://app@localhost/shop > shop.json\n"
      "  schemaudit snapshot sql:db/migrations --format text\n"
      "  schemaudit snapshot docs:docs/ --format text");
  command->callback([options, &exit_code] { exit_code = run_snapshot(*options); });
}

}  // namespace schemaudit
