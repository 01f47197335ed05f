// Decides what a table of a document is (an inventory, columns, a data dictionary, constraints) and
// reads it as that.
//
//   read_table(block, place, sections, unread, read);   adds claims, fences and problems
#pragma once

#include <optional>

#include "schema_docs/document_reader.h"
#include "schema_docs/markdown.h"
#include "schema_docs/sections.h"
#include "schema_docs/table_names.h"
#include "schema_docs/unread_blocks.h"

namespace schemaudit {

/// Where it stands.
struct TablePlace {
  /// The table of the schema that headings or a label name.
  std::optional<NamedTable> subject;
  /// What a label right above it announces (`**Indexes**`); unset: what the headings do.
  std::optional<Topic> topic;
  /// Columns of that one were read before.
  bool is_described = false;
  /// The document was written by tbls.
  bool by_tbls = false;
};

void read_table(const Block& block, const TablePlace& place, const Sections& sections,
                UnreadBlocks& unread, ReadDocument& read);

/// HTML is not read: where a table of it lists columns that is told.
void tell_of_html_table(const Block& block, const TablePlace& place, const Sections& sections,
                        UnreadBlocks& unread);

}  // namespace schemaudit
