// Compares the columns of two relations. Private to analyzer/comparison.
#pragma once

#include "analyzer/comparison/ledger.h"

namespace schemaudit {

/// Fills pair.columns and writes down what differs.
void compare_columns(RelationPair& pair, const Schema& right, Ledger& ledger);

}  // namespace schemaudit
