// The markdown files that paths of the config or the command line name, with their texts.
//
//   DocumentFiles files = read_document_files({{"docs/", DocumentState::current}}, folder);
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analyzer/model/config.h"
#include "analyzer/model/source.h"
#include "schema_docs/documents.h"

namespace schemaudit {

struct DocumentFiles {
  /// A file that several paths name stands here once, in the state that one of them gives it.
  std::vector<DocumentText> documents;
  /// A Problem for each that could not be read.
  std::vector<Problem> unread;
  /// The paths as they are shown.
  std::string names;
  /// Set where a path names nothing.
  std::string error;
};

DocumentFiles read_document_files(const std::vector<DocsPath>& paths,
                                  const std::filesystem::path& base);

}  // namespace schemaudit
