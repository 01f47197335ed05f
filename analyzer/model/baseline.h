// Findings that are known and do not fail an audit: a file that is kept beside the project, written
// and pruned by `schemaudit baseline`.
//
//   std::string error;
//   std::optional<Baseline> baseline = read_baseline(text, error);
//   std::string text = write_baseline(baseline_of(findings));
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/finding.h"

namespace schemaudit {

struct BaselineEntry {
  std::string fingerprint;
  std::string rule;
  /// For people who read the file: `column public.users.email`, and what was found.
  std::string object;
  std::string message;
  /// Of the file, from 1; 0 where it was not read from one.
  int line = 0;
  bool operator==(const BaselineEntry&) const = default;
};

struct Baseline {
  /// As the user would type it; set by whoever read the file.
  std::string file;
  /// SHA-256 of its text.
  std::string digest;
  std::vector<BaselineEntry> entries;
};

/// Unset, with the reason, where `text` is no baseline of a version that this program reads.
std::optional<Baseline> read_baseline(const std::string& text, std::string& error);

/// JSON with one entry a line, sorted, so that two branches merge.
std::string write_baseline(const std::vector<BaselineEntry>& entries);

/// Of findings that are not waived, in order of rule and object.
std::vector<BaselineEntry> baseline_of(const std::vector<Finding>& findings);

}  // namespace schemaudit
