// Compares what is neither column, constraint nor index: triggers, policies, views, partitions
// of a pair of relations, and the objects of a schema beside its relations. Private to
// analyzer/comparison.
//
//   compare_relation_objects(pair, find_relation, ledger);   // for each pair
//   compare_schema_objects(left, right, ledger);             // once, after all of them
//
// In this order: where a column's type was told to differ, its absent enum or domain is not told.
#pragma once

#include "analyzer/comparison/constraint_comparison.h"
#include "analyzer/comparison/ledger.h"

namespace schemaudit {

void compare_relation_objects(const RelationPair& pair, const FindRelation& find_relation,
                              Ledger& ledger);

void compare_schema_objects(const Schema& left, const Schema& right, Ledger& ledger);

}  // namespace schemaudit
