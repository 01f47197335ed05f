// The tables around those that have findings on their foreign keys, one foreign key away, for
// pictures: which edges are as documented, missing, forbidden, undocumented.
//
//   report.neighbourhoods = neighbourhoods_of(input, documents, report.findings);
#pragma once

#include <optional>
#include <vector>

#include "analyzer/engine/documents_against_built.h"
#include "analyzer/model/audit_input.h"
#include "analyzer/model/report.h"

namespace schemaudit {

/// By table. `findings` have their fingerprints; waived and known ones are passed over.
std::vector<Neighbourhood> neighbourhoods_of(const AuditInput& input,
                                             const std::optional<DocumentComparison>& documents,
                                             const std::vector<Finding>& findings);

}  // namespace schemaudit
