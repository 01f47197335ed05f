// What SQL files and migrations declare, against what the live database has.
//
//   std::optional<SchemaDifferences> drift = compare_declared(input);
//
// `from` is the declared side. Owners are left to whoever runs the files, and so are grants on
// tables of which the files grant nothing.
#pragma once

#include <optional>

#include "analyzer/comparison/schema_differences.h"
#include "analyzer/model/audit_input.h"

namespace schemaudit {

/// Unset where one of the two was not given.
std::optional<SchemaDifferences> compare_declared(const AuditInput& input);

}  // namespace schemaudit
