// Brings documents in line with what is built: refreshes, reads what came of it, compares again,
// until nothing more can be done, and tells what is left.
//
//   DocsInLine done = bring_docs_in_line(documents, built, config, options);
//   done.changes     the documents as they are to stand
//   done.left        what the documents still say that is not so
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/audit_input.h"
#include "analyzer/model/finding.h"
#include "schema_docs/documents.h"
#include "schema_docs/writing/document_style.h"

namespace schemaudit {

struct ChangedDocument {
  std::string uri;
  /// Unset for a document that is new.
  std::optional<std::string> before;
  std::string after;
  /// How many disagreements the change settles.
  std::size_t settled = 0;
};

struct DocsInLine {
  std::vector<ChangedDocument> changes;
  /// Findings of the documents as they are to stand, worst first, without waived ones.
  std::vector<Finding> left;
  DocumentStyle style;
};

struct DocsOptions {
  /// In place of the form that the documents have.
  std::optional<DocumentForm> form;
  /// Where documents of new tables go: a folder, or a file; empty: as those that are there.
  std::string out;
  /// Where they go while no document teaches it.
  std::string default_folder;
  std::function<bool(const std::string& uri)> is_taken;
};

DocsInLine bring_docs_in_line(std::vector<DocumentText> documents, const SourceResult& built,
                              const Config& config, const DocsOptions& options);

}  // namespace schemaudit
