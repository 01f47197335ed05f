// Compares keys, foreign keys, checks and exclusion constraints of two relations, and the values
// that a document lists for a column. Private to analyzer/comparison.
#pragma once

#include <functional>

#include "analyzer/comparison/ledger.h"

namespace schemaudit {

/// The right's name of a relation that the left calls `name`; `name` itself where it has none.
using RightName = std::function<QualifiedName(const QualifiedName& name)>;

void compare_constraints(const RelationPair& pair, const Schema& left, const Schema& right,
                         const RightName& right_name, Ledger& ledger);

}  // namespace schemaudit
