// What a document says of itself: a draft, designed but not built, superseded, an audit report.
//
//   self_description_of(parse_markdown("**Status:** Draft", {}))
//       "Status: Draft", to be treated as planned
#pragma once

#include <optional>
#include <string>

#include "analyzer/model/source.h"
#include "schema_docs/markdown.h"

namespace schemaudit {

struct SelfDescription {
  std::string words;
  DocumentState proposed = DocumentState::planned;
  int line = 0;
};

/// Reads the title and the `Status:` lines at the top and the bottom; unset where they suggest
/// nothing but a current document.
std::optional<SelfDescription> self_description_of(const MarkdownDocument& document);

}  // namespace schemaudit
