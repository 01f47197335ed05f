#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "analyzer/cli/audit_options.h"
#include "analyzer/cli/command.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/schema_text.h"
#include "analyzer/cli/sources.h"
#include "analyzer/model/snapshot.h"

namespace schemaudit {

namespace {

struct SnapshotOptions {
  std::string source;
  std::vector<std::string> formats;
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
  OpenedSource opened = open_source(options.source, std::filesystem::current_path(ignored));
  for (const std::string& note : opened.notes) tell(note);
  if (!opened.source) {
    complain(opened.error);
    return opened.usage_error ? kUsage : kIncomplete;
  }
  int exit_code = kPass;
  for (const Problem& problem : opened.source->problems) {
    if (problem.kind != ProblemKind::unreadable) continue;
    complain(to_string(problem.origin) + ": " + problem.message);
    exit_code = kIncomplete;
  }
  for (const OutputFormat& format : formats) {
    std::string content = format.format == "json" ? write_snapshot(*opened.source)
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
  command->add_option("source", options->source, "docs:PATH, db:URL or snapshot:FILE")->required();
  command->add_option("--format", options->formats, "json (default) or text, with =PATH")
      ->type_name("FMT[=PATH]")
      ->allow_extra_args(false)
      ->take_all();
  command->footer(
      "Examples:\n"
      "  schemaudit snapshot db:postgresql://app@localhost/shop > shop.json\n"
      "  schemaudit snapshot docs:docs/ --format text");
  command->callback([options, &exit_code] { exit_code = run_snapshot(*options); });
}

}  // namespace schemaudit
