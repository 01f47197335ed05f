// Which source tells of which table, and how much, for the sections of tables in a report.
//
//   report.tables = tables_of(input, documents);
#pragma once

#include <optional>
#include <vector>

#include "analyzer/engine/documents_against_built.h"
#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"

namespace schemaudit {

/// By name. A table that documents call by another name stands under its built one.
std::vector<TableReport> tables_of(const AuditInput& input,
                                   const std::optional<DocumentComparison>& documents);

}  // namespace schemaudit
