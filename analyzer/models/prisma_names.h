// The names that Prisma gives to what a schema does not name. Private to analyzer/models.
//
//   prisma_constraint_name("users", {"email"}, "_key")    users_email_key
//
// Names longer than PostgreSQL's 63 bytes are cut before their ending (psl, ConstraintNames).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemaudit {

std::string prisma_primary_key_name(std::string_view table);

/// `ending` is `_key`, `_idx` or `_fkey`.
std::string prisma_constraint_name(std::string_view table, const std::vector<std::string>& columns,
                                   std::string_view ending);

}  // namespace schemaudit
