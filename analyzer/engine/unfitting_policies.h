// Entries of the config's policies and scope that fit nothing there is: a misspelt name asks for
// nothing, and must not pass for a policy that is kept.
//
//   for (const std::string& entry : entries_that_fit_nothing(input))
//     policy.domains: "usrs.email"
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/audit_input.h"

namespace schemaudit {

/// Of each glob of tables, selector of columns, glob of documents and schema, as its table of the
/// config and its text; an entry fits where any source has such a table, also a planned one of the
/// documents. Not meant are what is taken out (`!countries`, [scope] ignore: where that fits
/// nothing, more is asked) and a column of any table (`*.status`), which waits for tables to come.
std::vector<std::string> entries_that_fit_nothing(const AuditInput& input);

}  // namespace schemaudit
