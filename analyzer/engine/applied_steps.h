// Marks which steps of the migrations every database has had: from the config, else from the live
// database's own table. Hazards of what has run long ago are no news.
//
//   std::string wrong = mark_applied_steps(input);     // before run_audit()
#pragma once

#include <string>

#include "analyzer/model/audit_input.h"

namespace schemaudit {

/// Fills in MigrationStep::applied of the declared source; left unset where nobody tells. Returns
/// what is wrong with the config's `applied`, one line, or nothing.
std::string mark_applied_steps(AuditInput& input);

/// What the live database's table of the chain's tool tells; nullptr where there is none.
const AppliedMigrations* applied_of(const AuditInput& input, const MigrationChain& chain);

}  // namespace schemaudit
