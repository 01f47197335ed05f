// The one comparison of an audit: what the documents claim against what the database is, with
// plans and the scope honoured.
//
//   std::optional<Comparison> comparison = compare_documents(input);
//
// What a document in state `planned` states and the database lacks is no disagreement, nor is
// what the scope or the reader of the database left out on purpose.
#pragma once

#include <optional>

#include "analyzer/comparison/comparison.h"
#include "analyzer/model/audit_input.h"

namespace schemaudit {

/// Unset where documents or live database were not given.
std::optional<Comparison> compare_documents(const AuditInput& input);

}  // namespace schemaudit
