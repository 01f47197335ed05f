#include "analyzer/cli/report_files.h"

#include <chrono>
#include <cstdlib>
#include <optional>

#include "analyzer/cli/child_process.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/message.h"
#include "analyzer/cli/output_places.h"
#include "analyzer/cli/progress.h"
#include "analyzer/cli/terminal.h"
#include "analyzer/model/digest.h"
#include "reports/attestation.h"
#include "reports/renderer.h"

namespace schemaudit {

namespace {

namespace fs = std::filesystem;

std::string rendered(const Report& report, const OutputFormat& format, const std::string& color) {
  const Activity activity("writing the report as " + format.format);
  if (format.format == "json") return render_json(report);
  if (format.format == "html") return render_html(report);
  if (format.format == "sarif") return render_sarif(report);
  if (format.format == "gitlab") return render_gitlab(report);
  if (format.format == "junit") return render_junit(report);
  if (format.format == "github") return render_github(report);
  if (format.format == "markdown") return render_markdown(report);
  return render_text(report, style_for(format.path, color));
}

/// The commit that the inputs stand in; empty outside of git.
std::string commit_of(const fs::path& base) {
  ChildRun run = run_child({"git", "rev-parse", "HEAD"}, base, std::chrono::minutes(1));
  if (!run.error.empty()) return {};
  return run.output.substr(0, run.output.find('\n'));
}

}  // namespace

const std::vector<std::string>& report_formats() {
  static const std::vector<std::string> formats = {"text",   "json",  "html",   "sarif",
                                                   "gitlab", "junit", "github", "markdown"};
  return formats;
}

std::string below_repository(const fs::path& base) {
  ChildRun run = run_child({"git", "rev-parse", "--show-prefix"}, base, std::chrono::minutes(1));
  if (run.error.empty()) {
    std::string prefix = run.output.substr(0, run.output.find('\n'));
    while (!prefix.empty() && prefix.back() == '/') prefix.pop_back();
    return prefix;
  }
  std::error_code failed;
  for (const char* name : {"GITHUB_WORKSPACE", "CI_PROJECT_DIR"}) {
    const char* workspace = std::getenv(name);
    if (!workspace || !*workspace) continue;
    const fs::path below = fs::weakly_canonical(base, failed)
                               .lexically_relative(fs::weakly_canonical(workspace, failed));
    if (!below.empty() && *below.begin() != ".." && below != ".") return below.generic_string();
  }
  return {};
}

bool write_reports(const Report& report, const std::vector<OutputFormat>& formats,
                   const std::string& color) {
  bool written = true;
  for (const OutputFormat& format : formats) {
    const std::string error = write_result(format.path, rendered(report, format, color));
    if (error.empty()) continue;
    complain(error);
    written = false;
  }
  return written;
}

std::string fault_of_attestation(const std::string& path,
                                 const std::vector<OutputFormat>& formats) {
  if (path.empty()) return {};
  bool any_file = false;
  for (const OutputFormat& format : formats) {
    if (is_one_place(format.path, path))
      return "--attest and --format " + format.format + " name one file";
    any_file = any_file || !is_stream(format.path);
  }
  return any_file ? std::string()
                  : "--attest speaks of report files, and none is written: add --format "
                    "json=audit.json";
}

bool write_attestation(const Report& report, const AuditInput& input, const fs::path& base,
                       const std::vector<OutputFormat>& formats, const std::string& path) {
  if (path.empty()) return true;
  std::vector<AttestedFile> subjects, configuration;
  for (const OutputFormat& format : formats) {
    if (is_stream(format.path)) continue;
    std::string error;
    const std::optional<std::string> text = read_file(format.path, error);
    if (!text) {
      complain("no attestation is written: " + error);
      return false;
    }
    subjects.push_back({fs::path(format.path).filename().string(), sha256_hex(*text)});
  }
  if (!input.config.path.empty()) configuration.push_back({input.config.path, input.config.digest});
  if (input.baseline) configuration.push_back({input.baseline->file, input.baseline->digest});
  for (const GivenEvidence& given : input.evidence) {
    std::string error;
    if (const std::optional<std::string> text = read_file(given.file, error))
      configuration.push_back({given.file, sha256_hex(*text)});
  }
  for (const SourceReport& source : report.sources)
    for (const InputFile& file : source.files) configuration.push_back({file.uri, file.digest});
  const std::string error =
      write_result(path, render_attestation(report, subjects, configuration, commit_of(base)));
  if (!error.empty()) complain(error);
  return error.empty();
}

}  // namespace schemaudit
