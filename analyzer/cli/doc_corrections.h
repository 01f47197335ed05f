// What a comparison of documents with what is built asks a refresh of the documents to do.
//
//   std::vector<Correction> corrections = corrections_of(comparison, documented, built);
#pragma once

#include <vector>

#include "analyzer/comparison/comparison.h"
#include "schema_docs/writing/correction.h"

namespace schemaudit {

/// One for each disagreement, in their order, and behind them what follows from a column that
/// goes. They point into the compared schemas.
std::vector<Correction> corrections_of(const Comparison& comparison, const Schema& documented,
                                       const Schema& built);

}  // namespace schemaudit
