// Compares the columns of two relations. Private to analyzer/comparison.
//
//   RelationPair pair{&documented, &built, {}};
//   compare_columns(pair, right, ledger);
//   pair.right_column("mail")   "email", of a column that seems to be renamed
#pragma once

#include "analyzer/comparison/ledger.h"

namespace schemaudit {

/// Fills pair.columns and writes down what differs.
void compare_columns(RelationPair& pair, const Schema& right, Ledger& ledger);

}  // namespace schemaudit
