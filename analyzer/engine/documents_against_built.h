// The one comparison of an audit: what the documents claim against what is built, with plans and
// the scope honoured.
//
//   std::optional<DocumentComparison> documents = compare_documents(input);
//
// Built is the live database where it was given, else what SQL files and migrations declare, else
// the models. What a document in state `planned` states and the built schema lacks is no
// disagreement, nor is what the scope or the reader of the database left out on purpose.
#pragma once

#include <optional>
#include <string>

#include "analyzer/comparison/judged_claims.h"
#include "analyzer/model/audit_input.h"

namespace schemaudit {

/// The first of live, declared and modelled that was given; nullptr where none was.
const SourceResult* built_source(const AuditInput& input);

/// How messages call it: `the database`, `the migrations`.
std::string name_of_built(const SourceResult& source);

struct DocumentComparison {
  /// What the documents were compared with: live, declared or modelled.
  Role built = Role::live;
  Comparison comparison;
  /// All that the documents were read to say, with what became of it. Of plans too.
  std::vector<JudgedClaim> claims;
};

/// Unset where documents or a built schema were not given.
std::optional<DocumentComparison> compare_documents(const AuditInput& input);

}  // namespace schemaudit
