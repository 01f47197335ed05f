// Reads a team's markdown schema documents into one Schema of claims.
//
//   DocumentSet set;
//   set.add({"docs/users.md", text, DocumentState::current});
//   SourceResult documents = set.finish();
//   // documents.schema, documents.documents (what was read), documents.problems
//
// Markdown goes through cmark-gfm; SQL fences through analyzer/sql. Which styles are read, and
// what each claims, stands in docs/schema-docs.md.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/report.h"
#include "analyzer/model/source.h"

namespace schemaudit {

struct DocumentText {
  /// As it is to be shown in reports.
  std::string uri;
  std::string text;
  DocumentState state = DocumentState::current;
};

/// Limits on what is handed to the markdown parser; what is beyond them is told as unread.
struct DocumentLimits {
  std::size_t file_bytes = 16 * 1024 * 1024;
  /// Columns times rows of one table.
  std::size_t table_cells = 1'000'000;
  /// Of one paragraph; the parser needs a second for this much of emphasis marks.
  std::size_t paragraph_bytes = 128 << 10;
};

class DocumentSet {
 public:
  explicit DocumentSet(DocumentLimits limits = {});
  ~DocumentSet();
  DocumentSet(const DocumentSet&) = delete;
  DocumentSet& operator=(const DocumentSet&) = delete;

  /// Never throws on any text; what cannot be read is a problem in the result.
  void add(DocumentText document);

  /// The role is `documented`, the kind `docs`. Name and digest are left to the caller. Call
  /// it once.
  SourceResult finish();

  /// After finish(): the counts that the documents state of their own schema.
  const std::vector<CountReading>& counts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace schemaudit
