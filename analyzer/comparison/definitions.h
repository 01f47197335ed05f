// Elements as the SQL that would make them, in the shortest form that tells them apart: for
// messages and evidence. Private to analyzer/comparison.
#pragma once

#include <string>

#include "analyzer/model/schema.h"

namespace schemaudit {

std::string definition_of(const KeyConstraint& key, bool primary);
std::string definition_of(const ForeignKey& key);
std::string definition_of(const CheckConstraint& check);
std::string definition_of(const ExclusionConstraint& exclusion);
std::string definition_of(const Index& index);
std::string definition_of(const Policy& policy);
std::string definition_of(const Trigger& trigger);
std::string signature_of(const Function& function);

}  // namespace schemaudit
