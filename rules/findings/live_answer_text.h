// The rows that a query of the config gave, as a finding shows them.
//
//   shown_rows(answer)    "all | on"
//
// Cells are cut, and those of a column that is named like a secret are never shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/live_answers.h"

namespace schemaudit {

using CellRow = std::vector<std::optional<std::string>>;

/// Three rows, a line each, and how many more there are; `no row` where there is none.
std::string shown_rows(const LiveAnswer& answer);
/// Rows that a config expects in place of the answer's.
std::string shown_rows(const std::vector<CellRow>& rows, const LiveAnswer& answer);

}  // namespace schemaudit
