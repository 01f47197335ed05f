// Fenced and indented code of a document: which of it is SQL, psql output or a diagram.
//
//   FencePlace place{"docs/users.md", "Schema > users", SqlPurpose::schema, {}};
//   read_fence(block, place, unread, read)   FenceKind::sql of ```sql; read.fences has it
#pragma once

#include <optional>
#include <string>

#include "schema_docs/constraint_lists.h"
#include "schema_docs/document_reader.h"
#include "schema_docs/markdown.h"
#include "schema_docs/unread_blocks.h"

namespace schemaudit {

/// Where a fence stands.
struct FencePlace {
  std::string uri;
  std::string heading_path;
  SqlPurpose purpose = SqlPurpose::schema;
  std::optional<QualifiedName> subject;
};

enum class FenceKind {
  sql,
  psql_output,
  diagram,
  /// A model of an ORM or a modelling language, which is not read.
  model,
  /// Nothing that states schema.
  other,
};

/// Adds to `read` what the fence holds.
FenceKind read_fence(const Block& block, const FencePlace& place, UnreadBlocks& unread,
                     ReadDocument& read);

SqlFence fence_of_cell(StatementInCell statement, const std::string& heading_path);

}  // namespace schemaudit
