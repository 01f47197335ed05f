// Ratios with their numerators, denominators and those that miss.
//
//   for (const Metric& metric : measure(input, documents, report)) ...
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/engine/documents_against_built.h"
#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"

namespace schemaudit {

/// Those that the given sources and policies allow; nothing of documents where there is no
/// comparison. `report` has its rules and findings already.
std::vector<Metric> measure(const AuditInput& input,
                            const std::optional<DocumentComparison>& documents,
                            const Report& report);

/// Ids of all metrics there are, for thresholds in the config.
const std::vector<std::string>& metric_ids();

}  // namespace schemaudit
