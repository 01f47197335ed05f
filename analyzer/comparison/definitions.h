// Elements as the SQL that would make them, in the shortest form that tells them apart: for
// messages and evidence. Private to analyzer/comparison.
//
//   definition_of(key, true)     PRIMARY KEY (id)
//   definition_of(foreign_key)   FOREIGN KEY (user_id) REFERENCES public.users(id)
//   definition_of(index)         UNIQUE INDEX (email)
//   signature_of(function)       public.touch(integer)
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
