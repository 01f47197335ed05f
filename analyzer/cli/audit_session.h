// One audit from options to Report: config, sources, rules. Several commands run one.
//
//   AuditSession session(options, arguments);
//   if (std::string wrong = session.prepare(); !wrong.empty()) return usage(wrong);
//   Report report = session.run();
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/cli/audit_options.h"
#include "analyzer/cli/sources.h"
#include "analyzer/engine/audit.h"
#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"
#include "rules/plugins/plugin_loader.h"

namespace schemaudit {

/// The sources of an audit that are files, as paths from anywhere or from its base.
struct FileSources {
  std::vector<DocsPath> docs;
  std::vector<std::string> sql;
  std::string migrations;
  std::vector<std::string> models;

  bool empty() const { return docs.empty() && sql.empty() && migrations.empty() && models.empty(); }
};

class AuditSession {
 public:
  /// `arguments` are what was typed, for the report.
  AuditSession(AuditOptions options, const std::vector<std::string>& arguments);

  /// Reads the config and opens all sources. Returns what the user has to correct, one line, or
  /// nothing; what could not be read makes the evidence incomplete instead.
  std::string prepare();
  /// `for_pages`: with what only pages show, which takes reading the files again.
  Report run(bool for_pages = false);

  const std::filesystem::path& base() const { return base_; }
  const AuditInput& input() const { return input_; }
  /// All files that were read, as paths from anywhere.
  std::vector<std::filesystem::path> inputs() const;

 private:
  std::optional<std::string> text_of(const std::string& uri) const;
  std::string read_evidence_files();
  std::string read_findings_baseline();
  std::string open_sources();
  /// Files of `sources`, relative to `base`, into `input`.
  std::string open_files(const FileSources& sources, const std::filesystem::path& base,
                         AuditInput& input);
  std::string open_live(const std::string& named, AuditInput& input);
  std::string open_before();
  std::string find_earlier(const FileSources& sources, const std::optional<std::string>& database);
  std::string take(OpenedSource& opened, const std::string& what, AuditInput& input);
  void note_absent_schemas(const OpenedSource& opened) const;
  void look_around(FileSources& sources, std::string& database) const;

  AuditOptions options_;
  std::chrono::system_clock::time_point started_;
  std::filesystem::path base_;
  LoadedPlugins plugins_;
  std::vector<std::string> rule_ids_;
  AuditInput input_;
  AuditRun run_;
  /// Set while the files of an earlier state are read: what is wrong with those was told then.
  bool is_earlier_ = false;
};

}  // namespace schemaudit
