#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>

#include "analyzer/cli/audit_options.h"
#include "analyzer/cli/command.h"
#include "analyzer/cli/config_source.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/output_places.h"
#include "analyzer/cli/progress.h"
#include "analyzer/cli/sources.h"
#include "analyzer/cli/terminal.h"
#include "analyzer/cli/verify_report.h"

namespace schemaudit {

namespace {

struct VerifyOptions {
  std::vector<std::string> docs;
  /// Unset: the config's.
  std::optional<std::string> database;
  std::string config;
  std::vector<std::string> formats;
  std::string evidence;
  int timeout = 30;
  bool strict = false;
  std::string color = "auto";
};

int usage(const std::string& text) {
  complain(text);
  return kUsage;
}

/// Why the documents leave a hole, and which of them were left out.
void look_through(const SourceResult& documents, VerificationReport& report) {
  for (const Problem& problem : documents.problems)
    if (problem.kind == ProblemKind::unreadable) {
      const std::string where =
          problem.origin.from_file() ? to_string(problem.origin) + ": " : std::string();
      report.unseen.push_back(where + problem.message);
    }
  for (const DocumentReading& document : documents.documents) {
    const std::size_t queries = document.queries.size() + document.other_statements.size();
    if (document.state != DocumentState::current && queries > 0)
      report.notes.push_back(
          document.uri + " is " + std::string(to_string(document.state)) +
          ": its queries were not run; to run them, name it: schemaudit verify " + document.uri);
  }
}

int exit_code_of(const VerificationReport& report, bool strict) {
  switch (report.state()) {
    case EvidenceState::failed:
      return kFindings;
    case EvidenceState::incomplete:
      return kIncomplete;
    case EvidenceState::passed:
      break;
  }
  const bool open = report.count(VerificationState::not_evaluated) +
                        report.count(VerificationState::no_expectation) >
                    0;
  return strict && open ? kIncomplete : kPass;
}

void ask(const std::vector<DocumentReading>& documents, const std::string& conninfo,
         int timeout_seconds, VerificationReport& report) {
  const Activity activity("asking " + report.inputs.back().name);
  DocumentedQueryRunner runner(conninfo, timeout_seconds * 1000);
  report.server = runner.server();
  if (!runner.error().empty())
    report.unseen.push_back(report.inputs.back().name + " could not be asked: " + runner.error());
  report.verifications = verify(documents, runner, [&](const Origin& query) {
    activity.at("the query at " + to_string(query));
  });
}

int run_verify(const VerifyOptions& options) {
  std::string error;
  const std::vector<OutputFormat> formats =
      output_formats(options.formats, {"text", "json"}, "text", error);
  if (!error.empty()) return usage(error);
  const FoundConfig configuration = find_and_read_config(options.config);
  if (!configuration.error.empty()) return usage(configuration.error);

  std::vector<DocsPath> docs;
  for (const std::string& path : options.docs)
    docs.push_back({from_here(path), DocumentState::current});
  if (docs.empty()) docs = configuration.config.docs;
  if (docs.empty())
    return usage(
        "no documents are named: schemaudit verify docs/ --db URL, or [sources] docs in "
        "schemaudit.toml");
  const std::vector<std::string>& of_config = configuration.config.databases;
  if (!options.database && of_config.size() > 1)
    return usage("the config names several databases: choose one with --db");
  const std::string named = options.database     ? *options.database
                            : !of_config.empty() ? of_config.front()
                                                 : std::string();
  if (named.starts_with("snapshot:"))
    return usage("a snapshot holds no rows to ask: --db takes a live database");

  OpenedSource opened = open_documents(docs, configuration.base);
  if (!opened.source) {
    complain(opened.error);
    return opened.usage_error ? kUsage : kIncomplete;
  }
  std::vector<std::string> outputs = paths_of(formats);
  outputs.push_back(options.evidence);
  std::vector<std::filesystem::path> inputs = input_paths("", *opened.source, configuration.base);
  if (!configuration.file.uri.empty())
    inputs.push_back(configuration.base / configuration.file.uri);
  error = fault_of_outputs(outputs, inputs);
  if (!error.empty()) return usage(error);
  NamedDatabase database = named_database(named);
  for (const std::string& note : database.notes) tell(note);
  if (!database.error.empty()) {
    complain(database.error);
    return database.usage_error ? kUsage : kIncomplete;
  }

  VerificationReport report;
  report.tool_version = SCHEMAUDIT_VERSION;
  report.made_at = timestamp(std::chrono::system_clock::now());
  report.inputs = {
      {std::string(to_string(opened.source->role)), opened.source->kind, opened.source->name,
       opened.source->digest},
      {std::string(to_string(Role::live)), "db", describe_conninfo(database.conninfo), ""}};
  look_through(*opened.source, report);
  ask(opened.source->documents, database.conninfo, options.timeout, report);
  const std::size_t judged = report.count(VerificationState::passed) +
                             report.count(VerificationState::failed) +
                             report.count(VerificationState::not_proved);
  if (judged == 0)
    report.unseen.push_back("no query with an expectation that can be judged was found in " +
                            opened.source->name);

  int exit_code = exit_code_of(report, options.strict);
  auto write = [&](const std::string& path, const std::string& content) {
    std::string failed = write_result(path, content);
    if (failed.empty()) return;
    complain(failed);
    if (exit_code == kPass) exit_code = kIncomplete;
  };
  for (const OutputFormat& format : formats)
    write(format.path, format.format == "json"
                           ? verify_json(report)
                           : verify_text(report, style_for(format.path, options.color)));
  if (!options.evidence.empty()) write(options.evidence, evidence_json(evidence_of(report)));
  return exit_code;
}

}  // namespace

void add_verify_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "verify", "Run the queries that documents contain, and judge the results they state");
  auto options = std::make_shared<VerifyOptions>();
  auto more_docs = std::make_shared<std::vector<std::string>>();
  auto database = std::make_shared<std::string>();
  add_documents(*command, options->docs);
  command->add_option("--docs", *more_docs, "The same, as an option")
      ->type_name("PATH")
      ->allow_extra_args(false)
      ->take_all();
  command
      ->add_option("--db", *database,
                   "libpq URL or conninfo, or env:NAME; empty takes DATABASE_URL")
      ->type_name("URL")
      ->expected(0, 1);
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
  command->add_option("--timeout", options->timeout, "Seconds that one query may take (30)")
      ->type_name("SECONDS")
      ->check(CLI::Range(1, 3600));
  command->add_flag("--strict", options->strict,
                    "Exit with 3 also where an expectation is stated in words or not at all");
  command->add_option("--color", options->color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->footer(
      "Exit codes: 0 what is stated holds, 1 something does not, 2 usage, 3 something could not "
      "be proved.\n"
      "Examples:\n"
      "  schemaudit verify docs/plan.md --db postgresql://app@localhost/shop\n"
      "  schemaudit verify docs/ --db env:DATABASE_URL --evidence verify.json\n"
      "  schemaudit audit docs/ --db env:DATABASE_URL --evidence verify.json");
  command->callback([command, options, more_docs, database, &exit_code] {
    options->docs.insert(options->docs.end(), more_docs->begin(), more_docs->end());
    if (command->count("--db") > 0) options->database = *database;
    exit_code = run_verify(*options);
  });
}

}  // namespace schemaudit
