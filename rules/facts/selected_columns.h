// The columns of a table that an entry of a policy means.
//
//   for (const auto& columns : selected_columns(relation, selector)) ...
//
// `*.slug` gives one list of one column, `bids(auction_*, user_id)` one list for each column that
// fits the glob.
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/policy.h"

namespace schemaudit {

/// In the order of the entry; none where the table is not meant or lacks one of the columns.
std::vector<std::vector<std::string>> selected_columns(const Relation& relation,
                                                       const ColumnSelector& selector);

}  // namespace schemaudit
