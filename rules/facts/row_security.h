// What row security policies admit.
//
//   if (opens_writes(relation, policy)) ...   USING (true) of a policy FOR ALL
#pragma once

#include <string>

#include "analyzer/model/schema.h"

namespace schemaudit {

/// Whether the policy is for everyone (`public`), not for roles that it names.
bool is_for_everyone(const Policy& policy);

/// Whether the policy alone lets its roles change or delete any row, or write any: permissive,
/// with a condition that is true for every row, on a table whose row security is on, and no
/// restrictive policy for its command narrows it.
bool opens_writes(const Relation& relation, const Policy& policy);
/// The same for adding rows alone.
bool opens_inserts(const Relation& relation, const Policy& policy);

/// Whether a restrictive policy holds for the command, whatever it says.
bool is_narrowed(const Relation& relation, const Policy& policy);

/// `USING (...) WITH CHECK (...)`.
std::string conditions_text(const Policy& policy);

/// Whether a role besides the owner was granted anything on the relation.
bool is_granted_to_others(const Relation& relation);

}  // namespace schemaudit
