// Foreign keys that are built although a policy of the config forbids them: `doc` does not write
// them into documents that rightly lack them, and leaves it to a person which of the two gives way.
//
//   std::vector<WithheldKey> withheld = withhold_forbidden_keys(input);
//   findings_of_withheld(withheld, input)     what is left to decide
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/audit_input.h"
#include "analyzer/model/finding.h"

namespace schemaudit {

struct WithheldKey {
  QualifiedName relation;
  ForeignKey key;
  /// The policies that forbid it: `policy.isolation.phase3`.
  std::string policies;
};

/// Takes them out of what is built (the second source) where the documents (the first) do not state
/// them. What a document does state of one is compared like everything else.
std::vector<WithheldKey> withhold_forbidden_keys(AuditInput& input);

/// One for each on a table that the documents describe.
std::vector<Finding> findings_of_withheld(const std::vector<WithheldKey>& withheld,
                                          const AuditInput& input);

}  // namespace schemaudit
