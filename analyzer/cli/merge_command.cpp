#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <set>

#include "analyzer/cli/audit_options.h"
#include "analyzer/cli/command.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/output_places.h"
#include "analyzer/cli/report_files.h"
#include "analyzer/engine/audit.h"
#include "analyzer/engine/merged_reports.h"
#include "reports/read_report.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

struct MergeOptions {
  std::vector<std::string> reports;
  std::vector<std::string> formats;
  std::string color = "auto";
};

/// `NAME=FILE`, or a file that is named after itself.
std::pair<std::string, std::string> name_and_file(const std::string& typed) {
  const std::size_t equals = typed.find('=');
  std::error_code ignored;
  if (equals != std::string::npos && equals > 0 && !fs::exists(typed, ignored))
    return {typed.substr(0, equals), typed.substr(equals + 1)};
  return {fs::path(typed).stem().string(), typed};
}

int run_merge(const MergeOptions& options) {
  std::string error;
  const std::vector<OutputFormat> formats =
      output_formats(options.formats, report_formats(), "text", error);
  std::vector<NamedReport> reports;
  std::vector<fs::path> inputs;
  std::set<std::string> names;
  for (const std::string& typed : options.reports) {
    if (!error.empty()) break;
    const auto [name, file] = name_and_file(typed);
    std::error_code ignored;
    if (!fs::exists(file, ignored)) {
      error = file + " does not exist";
    } else if (!names.insert(name).second) {
      error = "two reports are called " + name + ": name them, as in " + name + "-2=" + file;
    } else {
      std::string why;
      const std::optional<std::string> text = read_file(file, why);
      std::optional<Report> report;
      if (text) report = read_report(*text, why);
      // A part that is missing would make the whole look better than it is.
      if (!report) {
        complain(file + " could not be read: " + why);
        return kIncomplete;
      }
      reports.push_back({name, std::move(*report)});
      inputs.emplace_back(file);
    }
  }
  if (error.empty()) error = fault_of_outputs(paths_of(formats), inputs);
  if (!error.empty()) {
    complain(error);
    return kUsage;
  }
  const Report merged = merge_reports(std::move(reports));
  const int exit_code = exit_code_of(merged);
  const bool written = write_reports(merged, formats, options.color);
  return exit_code == kPass && !written ? kIncomplete : exit_code;
}

}  // namespace

void add_merge_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("merge", "Several JSON reports as one");
  auto options = std::make_shared<MergeOptions>();
  command
      ->add_option("REPORT", options->reports,
                   "JSON reports of audits; NAME=FILE names one, else its file does")
      ->type_name("[NAME=]FILE")
      ->required();
  command->add_option("--format", options->formats, "As for audit, with =PATH; repeatable")
      ->type_name("FMT[=PATH]")
      ->allow_extra_args(false)
      ->take_all();
  command->add_option("--color", options->color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->footer(
      "The exit code is that of the worst one.\n"
      "Examples:\n"
      "  schemaudit merge eu-1=eu1.json us-1=us1.json --format html=fleet.html\n"
      "  schemaudit merge reports/*.json --format json=all.json");
  command->callback([options, &exit_code] { exit_code = run_merge(*options); });
}

}  // namespace schemaudit
