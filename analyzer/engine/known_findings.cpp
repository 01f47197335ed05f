#include "analyzer/engine/known_findings.h"

#include <algorithm>
#include <set>
#include <string>

namespace schemaudit {

void mark_known(std::vector<Finding>& findings, const AuditInput& input) {
  std::set<std::string> known;
  if (input.baseline)
    for (const BaselineEntry& entry : input.baseline->entries) known.insert(entry.fingerprint);
  if (input.earlier)
    known.insert(input.earlier->fingerprints.begin(), input.earlier->fingerprints.end());
  for (Finding& finding : findings)
    if (finding.state == FindingState::new_ && known.count(finding.fingerprint))
      finding.state = FindingState::baseline;
}

}  // namespace schemaudit
