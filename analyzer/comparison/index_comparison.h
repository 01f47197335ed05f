// Compares the indexes of two relations. Private to analyzer/comparison.
#pragma once

#include "analyzer/comparison/ledger.h"

namespace schemaudit {

void compare_indexes(const RelationPair& pair, Ledger& ledger);

}  // namespace schemaudit
