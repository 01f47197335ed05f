#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include "analyzer/cli/audit_options.h"
#include "analyzer/cli/audit_session.h"
#include "analyzer/cli/command.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/output_places.h"
#include "analyzer/model/baseline.h"
#include "analyzer/model/digest.h"
#include "reports/report_words.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

constexpr const char* kUsualFile = "schemaudit-baseline.json";

struct BaselineOptions {
  AuditOptions audit;
  std::string file;
  bool prune = false;
  bool check = false;
};

int usage(const std::string& text) {
  complain(text);
  return kUsage;
}

/// Those of the old file that are still found.
std::vector<BaselineEntry> pruned(const std::vector<BaselineEntry>& found, const Baseline& old) {
  std::set<std::string> known;
  for (const BaselineEntry& entry : old.entries) known.insert(entry.fingerprint);
  std::vector<BaselineEntry> kept;
  std::copy_if(found.begin(), found.end(), std::back_inserter(kept),
               [&](const BaselineEntry& entry) { return known.count(entry.fingerprint) > 0; });
  return kept;
}

int run_baseline(BaselineOptions options, const std::vector<std::string>& arguments) {
  options.audit.without_baseline = true;
  AuditSession session(options.audit, arguments);
  if (std::string wrong = session.prepare(); !wrong.empty()) return usage(wrong);
  const std::string& configured = session.input().config.baseline;
  const fs::path path = !options.file.empty()
                            ? fs::path(options.file)
                            : session.base() / (configured.empty() ? kUsualFile : configured);
  if (const std::string wrong = fault_of_outputs({path.string()}, session.inputs()); !wrong.empty())
    return usage(wrong);
  const Report report = session.run();
  // What could not be seen would be missing from the file, and fail the next audit.
  if (!report.incomplete_because.empty()) {
    for (const std::string& reason : report.incomplete_because) complain(reason);
    complain("no baseline is written of incomplete evidence");
    return kIncomplete;
  }
  std::vector<BaselineEntry> entries = baseline_of(report.findings);
  std::error_code ignored;
  std::optional<Baseline> old;
  if (fs::exists(path, ignored)) {
    std::string error;
    const std::optional<std::string> text = read_file(path, error);
    if (text) old = read_baseline(*text, error);
    if (!old && (options.prune || options.check))
      return usage("the baseline " + path.string() + " could not be read: " + error);
  } else if (options.prune || options.check) {
    return usage("the baseline " + path.string() + " does not exist");
  }
  if (options.prune) entries = pruned(entries, *old);
  const std::string text = write_baseline(entries);
  const std::size_t before = old ? old->entries.size() : 0;
  if (options.check) {
    const bool same = old->digest == sha256_hex(text);
    if (!same) complain(path.string() + " is not what the audit finds: write it anew");
    return same ? kPass : kFindings;
  }
  if (std::string error = write_result(path.string(), text); !error.empty()) {
    complain(error);
    return kIncomplete;
  }
  tell(path.string() + " holds " + counted(entries.size(), "finding") +
       (old ? ", and held " + std::to_string(before) : "") +
       (configured.empty() && options.file.empty()
            ? "; name it in the config: [gate] baseline = \"" + std::string(kUsualFile) + "\""
            : ""));
  return kPass;
}

}  // namespace

void add_baseline_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "baseline", "Write what an audit finds today as known, or take out what is gone");
  auto options = std::make_shared<BaselineOptions>();
  add_source_options(*command, options->audit);
  add_rule_options(*command, options->audit);
  command
      ->add_option("--file", options->file,
                   "Default: the config's [gate] baseline, else schemaudit-baseline.json")
      ->type_name("FILE");
  CLI::Option* prune = command->add_flag("--prune", options->prune,
                                         "Only take out entries that nothing is found for");
  command
      ->add_flag("--check", options->check,
                 "Write nothing; exit with 1 where the file would change")
      ->excludes(prune);
  command->footer(
      "Examples:\n"
      "  schemaudit baseline\n"
      "  schemaudit baseline docs/ --db env:DATABASE_URL --file known.json\n"
      "  schemaudit baseline --prune");
  command->callback([command, options, &exit_code] {
    settle_source_options(*command, options->audit);
    exit_code = run_baseline(*options, typed_arguments(*command));
  });
}

}  // namespace schemaudit
