// What the text around a query says of its result: the blocks before and after its fence, and the
// comments within.
//
//   StatedResults results;                    // as a document is walked
//   results.visit(paragraph, read);           // `Expected: 0 rows` behind a fence goes to it
//   attach_expectations(fence, reading);      // each query gets its own
//
// A comment belongs to the statement it stands in, else to the nearest one. What a text says of a
// fence with several queries without saying which one it means is not judged.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "analyzer/sql/claims.h"
#include "schema_docs/document_reader.h"
#include "schema_docs/markdown.h"

namespace schemaudit {

class StatedResults {
 public:
  explicit StatedResults(std::string uri) : uri_(std::move(uri)) {}

  /// Every block but SQL fences, in order: takes what it says of the fence before it.
  void visit(const Block& block, ReadDocument& read);

  /// A SQL fence was read into `read.fences` from `first` on. `lead` is the paragraph right
  /// before it, or nullptr.
  void fence(std::size_t first, const Block* lead, ReadDocument& read);

 private:
  void paragraph(const Block& block, SqlFence& fence);
  Origin place(const Block& block, std::string_view text, std::size_t offset) const;

  std::string uri_;
  /// Of the fence whose result may be stated next.
  std::optional<std::size_t> fence_;
  /// `Expected:` has been read, and what follows is it.
  bool announced_ = false;
  Origin announced_at_;
  /// Of the paragraph that spoke of the fence before it, and does not introduce the next.
  int taken_line_ = 0;
};

/// Gives the queries of `reading` what `fence` says of them, in its comments and around it, and
/// returns other statements of which it says what they give.
std::vector<DocumentedQuery> attach_expectations(const SqlFence& fence, SqlReading& reading);

}  // namespace schemaudit
