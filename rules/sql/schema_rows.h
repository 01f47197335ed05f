// An audit's schemas as rows of sql_tables().
//
//   write_rows(input, [](std::string_view table, const std::vector<Cell>& row) { ... });
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analyzer/model/audit_input.h"

namespace schemaudit {

/// Without a value: unknown. An empty text: known to be absent.
using Cell = std::variant<std::monostate, std::int64_t, std::string>;

/// Takes a row of `table`, its cells in the order of the table's columns.
using RowSink = std::function<void(std::string_view table, const std::vector<Cell>& row)>;

void write_rows(const AuditInput& input, const RowSink& sink);

}  // namespace schemaudit
