// Where a finding points: at the docs entry that speaks of the object, and at the config (or
// the first document) only where no document does.
//
//   finding.locations = places_of(context, disagreement);
#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

/// A finding of `rule` with its id and default severity filled in.
Finding start_finding(const RuleInfo& rule, ObjectRef object);

/// The config file where there is one, else the top of the first document, else nothing.
std::vector<Location> places_of_the_unspoken(const AuditInput& input);

/// The docs' side of a disagreement, then the other one where that is a file, or the line that
/// makes the live object; what places_of_the_unspoken() gives where there is neither.
std::vector<Location> places_of(const RuleContext& context, const Disagreement& disagreement);

/// The state of the document `uri`; current where nobody declared one.
DocumentState state_of_document(const AuditInput& input, const std::string& uri);

}  // namespace schemaudit
