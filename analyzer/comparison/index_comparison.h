// Compares the indexes of two relations. Private to analyzer/comparison.
#pragma once

#include <string_view>

#include "analyzer/comparison/ledger.h"

namespace schemaudit {

/// Classes that are their type's default: writing them out says nothing (pg_opclass.opcdefault).
bool is_default_operator_class(std::string_view name);

void compare_indexes(const RelationPair& pair, Ledger& ledger);

}  // namespace schemaudit
