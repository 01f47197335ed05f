// Ratios with their numerators, denominators and those that miss.
//
//   for (const Metric& metric : measure(input, comparison)) ...
#pragma once

#include <string>
#include <vector>

#include "analyzer/comparison/comparison.h"
#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"

namespace schemaudit {

/// Those that the given sources allow; `docs_live` is nullptr where there is no comparison.
std::vector<Metric> measure(const AuditInput& input, const Comparison* docs_live);

/// Ids of all metrics there are, for thresholds in the config.
const std::vector<std::string>& metric_ids();

}  // namespace schemaudit
