// What documents or models say, held against a schema, in the shape of differences between whole
// schemas.
//
//   std::vector<JudgedClaim> claims;
//   Comparison comparison = compare(documents, live, options, claims);
//   SchemaDifferences found = differences_of(comparison, claims, true);
#pragma once

#include <vector>

#include "analyzer/comparison/judged_claims.h"
#include "analyzer/comparison/schema_differences.h"

namespace schemaudit {

/// `claims` are those of `comparison`, judged one by one; `claims_are_from` tells which side of the
/// diff the left one was.
SchemaDifferences differences_of(const Comparison& comparison,
                                 const std::vector<JudgedClaim>& claims, bool claims_are_from);

}  // namespace schemaudit
