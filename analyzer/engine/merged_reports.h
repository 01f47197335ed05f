// Several reports as one: of a fleet of databases with one schema, or of an audit in parts.
//
//   Report fleet = merge_reports({{"eu-1", report_1}, {"eu-2", report_2}});
//
// A finding that all say alike is one, with the names of those that have it in its message. What
// two say differently of one object stays two. The verdict is the worst one.
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/report.h"

namespace schemaudit {

struct NamedReport {
  /// Short, and of no other: a database's alias.
  std::string name;
  Report report;
};

/// At least one. Texts of rules come from this program's own rules.
Report merge_reports(std::vector<NamedReport> reports);

}  // namespace schemaudit
