// The documents themselves, line by line, with what was read as a claim in the margin and whether
// it holds, is refuted (with a link to the finding), or could not be checked.
//
//   write_documents(report, kMostBytesOfDocuments, html);
//   document_anchor(report, "docs/users.md")   doc-1, where it is the first of report.annotated
#pragma once

#include "analyzer/model/report.h"
#include "reports/html_writer.h"

namespace schemaudit {

/// Nothing where no document was read. Where the documents need more than `bytes`, some have a
/// line only, which is said.
void write_documents(const Report& report, std::size_t bytes, HtmlWriter& html);

/// `doc-3`, the anchor of the document at `uri`; empty where the page does not show it.
std::string document_anchor(const Report& report, std::string_view uri);

}  // namespace schemaudit
