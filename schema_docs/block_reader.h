// Walks the blocks of one document and decides what each of them states.
//
//   read_blocks(markdown, "docs/users.md", read);   fills fences, claims and counts
#pragma once

#include <string>

#include "schema_docs/document_reader.h"
#include "schema_docs/markdown.h"

namespace schemaudit {

void read_blocks(const MarkdownDocument& markdown, const std::string& uri, ReadDocument& read);

}  // namespace schemaudit
