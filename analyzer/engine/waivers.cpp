#include "analyzer/engine/waivers.h"

#include <algorithm>

#include "analyzer/model/names.h"

namespace schemaudit {

void apply_waivers(std::vector<Finding>& findings, const std::vector<Waiver>& waivers,
                   const std::string& today) {
  for (Finding& finding : findings) {
    const std::string object = to_string(finding.object);
    bool waived = std::any_of(waivers.begin(), waivers.end(), [&](const Waiver& waiver) {
      return waiver.rule == finding.rule && today <= waiver.expires &&
             matches_glob(waiver.object, object);
    });
    if (waived) finding.state = FindingState::waived;
  }
}

}  // namespace schemaudit
