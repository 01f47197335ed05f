// Computes what has to change in documents so that they say what is built: facts in place, and
// sections or files for tables that no document describes.
//
//   RefreshPlan plan = refresh_documents(input);
//   for (const DocumentChange& change : plan.changes) ...   change.uri, change.text
//   plan.open                                               what no edit was found for
//
// One call makes one round: what it changed is read and compared again by the caller, and what
// follows from it (a constraint on a column that is new) is for the next round.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "analyzer/model/source.h"
#include "schema_docs/documents.h"
#include "schema_docs/writing/correction.h"
#include "schema_docs/writing/document_style.h"

namespace schemaudit {

struct MarkdownDocument;

/// By their names, for whoever refreshes the same documents again and again: parsing is what
/// costs most.
using ParsedDocuments = std::map<std::string, std::shared_ptr<const MarkdownDocument>>;

struct RefreshInput {
  const std::vector<DocumentText>& documents;
  /// What they are read as.
  const SourceResult& read;
  const Schema& built;
  const std::vector<Correction>& corrections;
  const DocumentStyle& style;
  /// Whether a file of that name is there although it is none of the documents.
  std::function<bool(const std::string& uri)> is_taken;
  /// Filled and used where it is set; it has to be of these very texts.
  ParsedDocuments* parsed = nullptr;
};

struct DocumentChange {
  std::string uri;
  std::string text;
  bool is_new = false;
  /// Positions in RefreshInput::corrections.
  std::vector<std::size_t> corrections;
};

struct RefreshPlan {
  std::vector<DocumentChange> changes;
  /// Positions of the corrections that no edit was found for.
  std::vector<std::size_t> open;
};

RefreshPlan refresh_documents(const RefreshInput& input);

}  // namespace schemaudit
