// Ratios with their numerators, denominators and those that miss.
//
//   for (const Metric& metric : measure(input, documents)) ...
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/engine/documents_against_built.h"
#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"

namespace schemaudit {

/// Those that the given sources allow; nothing of documents where there is no comparison.
std::vector<Metric> measure(const AuditInput& input,
                            const std::optional<DocumentComparison>& documents);

/// Ids of all metrics there are, for thresholds in the config.
const std::vector<std::string>& metric_ids();

}  // namespace schemaudit
