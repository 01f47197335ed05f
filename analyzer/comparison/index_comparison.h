// Compares the indexes of two relations. Private to analyzer/comparison.
//
//   compare_columns(pair, right, ledger);   // first: it matches the columns that indexes stand on
//   compare_indexes(pair, ledger);
//   is_default_operator_class("text_ops")       true
//   is_default_operator_class("gin_trgm_ops")   false: an index without it is another one
#pragma once

#include <string_view>

#include "analyzer/comparison/ledger.h"

namespace schemaudit {

/// Classes that are their type's default: writing them out says nothing (pg_opclass.opcdefault).
bool is_default_operator_class(std::string_view name);

void compare_indexes(const RelationPair& pair, Ledger& ledger);

}  // namespace schemaudit
