// The lines of the files that an audit read, for excerpts and annotated documents: secrets are
// replaced before anybody gets a line.
//
//   SourceLines lines(read_text);                   // the caller knows where files are
//   std::optional<Excerpt> excerpt = lines.around({"docs/users.md", 12, 3});
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/report.h"

namespace schemaudit {

/// The text of a source by the `uri` of its origins; unset where it cannot be read.
using ReadText = std::function<std::optional<std::string>(const std::string& uri)>;

class SourceLines {
 public:
  explicit SourceLines(ReadText read) : read_(std::move(read)) {}

  /// As they stand in the file; nullptr where it cannot be read or is no text.
  const std::vector<std::string>* raw(const std::string& uri);
  /// The line and its neighbours; unset where there is no such line.
  std::optional<Excerpt> around(const Origin& origin);

 private:
  ReadText read_;
  std::map<std::string, std::optional<std::vector<std::string>>> known_;
};

}  // namespace schemaudit
