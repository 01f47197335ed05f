#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "analyzer/cli/audit_options.h"
#include "analyzer/cli/command.h"
#include "analyzer/cli/diff_report.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/output_places.h"
#include "analyzer/cli/progress.h"
#include "analyzer/cli/sources.h"
#include "analyzer/cli/terminal.h"

namespace schemaudit {

namespace {

struct DiffOptions {
  std::string from, to;
  std::vector<std::string> formats;
  std::string color = "auto";
  bool strict = false;
  ScratchOption scratch;
};

int exit_code_for(const DiffReport& report, bool strict) {
  if (!report.equal()) return kFindings;
  if (report.from.incomplete || report.to.incomplete || report.nothing_read()) return kIncomplete;
  const SchemaDifferences& found = report.found;
  bool open = found.unknown + found.unknown_view_columns + found.undecided + report.unanalysed +
                  report.refused >
              0;
  return strict && open ? kIncomplete : kPass;
}

DiffReport compared(const SourceResult& from, const SourceResult& to) {
  const Activity activity("comparing");
  return diff_sources(from, to);
}

int run_diff(const DiffOptions& options) {
  std::string error;
  std::vector<OutputFormat> formats =
      output_formats(options.formats, {"text", "json"}, "text", error);
  if (!error.empty()) {
    complain(error);
    return kUsage;
  }
  std::error_code ignored;
  const std::filesystem::path base = std::filesystem::current_path(ignored);
  ScratchDatabases scratch(options.scratch.url);
  OpenedSource opened[2];
  // A database last: what the other side speaks of is read of it, a platform's schemas included.
  bool database_first = options.from.starts_with("db:");
  for (int side : {database_first ? 1 : 0, database_first ? 0 : 1}) {
    const std::string& named = side == 0 ? options.from : options.to;
    DatabaseScope scope;
    if (opened[1 - side].source) scope.also_schemas = schemas_of(*opened[1 - side].source);
    opened[side] = open_source(named, base, options.scratch.used() ? &scratch : nullptr, scope);
    for (const std::string& note : opened[side].notes) tell(note);
    if (!opened[side].source) {
      complain((side == 0 ? "FROM: " : "TO: ") + opened[side].error);
      return opened[side].usage_error ? kUsage : kIncomplete;
    }
  }
  std::vector<std::filesystem::path> inputs = input_paths(options.from, *opened[0].source, base);
  for (std::filesystem::path& path : input_paths(options.to, *opened[1].source, base))
    inputs.push_back(std::move(path));
  if (error = fault_of_outputs(paths_of(formats), inputs); !error.empty()) {
    complain(error);
    return kUsage;
  }
  DiffReport report = compared(*opened[0].source, *opened[1].source);
  report.tool_version = SCHEMAUDIT_VERSION;
  int exit_code = exit_code_for(report, options.strict);
  for (const OutputFormat& format : formats) {
    std::string content = format.format == "json"
                              ? diff_json(report)
                              : diff_text(report, style_for(format.path, options.color));
    std::string failed = write_result(format.path, content);
    if (failed.empty()) continue;
    complain(failed);
    if (exit_code == kPass) exit_code = kIncomplete;
  }
  return exit_code;
}

}  // namespace

void add_diff_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("diff", "What differs between two schema sources");
  auto options = std::make_shared<DiffOptions>();
  command
      ->add_option("FROM", options->from,
                   "docs:PATH, sql:PATH, migrations:DIR, models:PATH, db:URL, snapshot:FILE or "
                   "command:...")
      ->required();
  command->add_option("TO", options->to, "The other one, named in the same way")->required();
  command->add_option("--format", options->formats, "text (default) or json, with =PATH")
      ->type_name("FMT[=PATH]")
      ->allow_extra_args(false)
      ->take_all();
  command->add_flag("--strict", options->strict,
                    "Exit with 3 where facts are unknown, undecided, unanalysed or refused");
  add_scratch_options(*command, options->scratch);
  command->add_option("--color", options->color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->footer(
      "Exit codes: 0 all comparable facts are equal, 1 something differs, 2 usage, 3 a source "
      "could not be read.\n"
      "Examples:\n"
      "  schemaudit diff sql:db/schema.sql db:postgresql://app@localhost/shop\n"
      "  schemaudit diff snapshot:before.json db: --format json=diff.json\n"
      "  schemaudit diff docs:docs/ sql:db/ --strict");
  command->callback([options, &exit_code] { exit_code = run_diff(*options); });
}

}  // namespace schemaudit
