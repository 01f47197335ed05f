// The place in a file that machine formats need for every finding.
//
//   FilePlace place = file_place(report, finding);    // docs/users.md:12:3
#pragma once

#include <string>

#include "analyzer/model/report.h"

namespace schemaudit {

struct FilePlace {
  /// Relative, with forward slashes; never empty.
  std::string path;
  /// From 1.
  int line = 1;
  int column = 1;
};

/// Where the finding points, else the config's usual name: a reader of such a format refuses the
/// whole file for one finding without a place. The path is relative to the repository.
FilePlace file_place(const Report& report, const Finding& finding);
/// A path of the report, relative to the repository.
std::string path_in_repository(const Report& report, const std::string& path);

/// `path` percent-encoded as a relative URI reference.
std::string uri_of(const std::string& path);

}  // namespace schemaudit
