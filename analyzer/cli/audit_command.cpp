#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "analyzer/cli/audit_options.h"
#include "analyzer/cli/audit_session.h"
#include "analyzer/cli/command.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/output_places.h"
#include "analyzer/cli/report_files.h"

namespace schemaudit {

namespace {

int run_audit_command(const AuditOptions& options, const std::vector<std::string>& arguments) {
  std::string error;
  const std::vector<OutputFormat> formats =
      output_formats(options.formats, report_formats(), "text", error);
  if (error.empty()) error = fault_of_attestation(options.attest, formats);
  AuditSession session(options, arguments);
  if (error.empty()) error = session.prepare();
  if (error.empty()) {
    std::vector<std::string> outputs = paths_of(formats);
    outputs.push_back(options.attest);
    error = fault_of_outputs(outputs, session.inputs());
  }
  if (!error.empty()) {
    complain(error);
    return kUsage;
  }
  const bool any_page = std::any_of(formats.begin(), formats.end(), [](const OutputFormat& format) {
    return format.format == "html";
  });
  Report report = session.run(any_page);
  report.below_repository = below_repository(session.base());
  const int exit_code = exit_code_of(report);
  const bool written =
      write_reports(report, formats, options.color) &&
      write_attestation(report, session.input(), session.base(), formats, options.attest);
  return exit_code == kPass && !written ? kIncomplete : exit_code;
}

}  // namespace

void add_audit_command(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("audit", "Compare sources, run the rules, write reports: the main job");
  auto options = std::make_shared<AuditOptions>();
  add_source_options(*command, *options);
  command
      ->add_option("--format", options->formats,
                   "text, json, html, sarif, gitlab, junit, github or markdown, with =PATH to "
                   "write a file; repeatable")
      ->type_name("FMT[=PATH]")
      ->allow_extra_args(false)
      ->take_all();
  command
      ->add_option("--fail-on", options->fail_on,
                   "Lowest severity that fails: critical, high (default), medium, low, info, never")
      ->type_name("LEVEL")
      ->check(CLI::IsMember({"critical", "high", "medium", "low", "info", "never"}));
  add_rule_options(*command, *options);
  command
      ->add_option("--baseline", options->baseline,
                   "Findings that are known and do not fail: what `schemaudit baseline` wrote")
      ->type_name("FILE");
  command
      ->add_option("--changed-since", options->changed_since,
                   "Only what has come since this revision of git fails: what an audit of the "
                   "files as they were finds, too, is known")
      ->type_name("REV");
  command->add_option("--gate", options->gate, "release: judge by [gate.release] of the config")
      ->type_name("NAME")
      ->check(CLI::IsMember({"release"}));
  command
      ->add_option("--evidence", options->evidence,
                   "What verify or rehearse wrote, for the criteria; repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->take_all();
  command
      ->add_option("--attest", options->attest,
                   "Write an in-toto Statement over the report files and all inputs")
      ->type_name("FILE");
  command->add_option("--color", options->color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->footer(
      "Examples:\n"
      "  schemaudit audit docs/ --db postgresql://app@localhost/shop\n"
      "  schemaudit audit --format text --format html=report.html\n"
      "  schemaudit audit --changed-since origin/main --format github\n"
      "  schemaudit audit --gate release --format json=audit.json --attest audit.intoto.json");
  command->callback([command, options, &exit_code] {
    settle_source_options(*command, *options);
    exit_code = run_audit_command(*options, typed_arguments(*command));
  });
}

}  // namespace schemaudit
