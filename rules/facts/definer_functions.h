// Functions that run with their owner's rights.
//
//   if (function.security_definer.value_or(false) && takes_callers_path(function)) ...
//   call_signature(function)    public.stamp(text)
#pragma once

#include <string>

#include "analyzer/model/schema.h"

namespace schemaudit {

/// Whether the names in its body mean what the caller's search_path says.
bool takes_callers_path(const Function& function);

/// As DROP FUNCTION and REVOKE name it.
std::string call_signature(const Function& function);

}  // namespace schemaudit
